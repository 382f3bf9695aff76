using System.Text;
using Dashboard.Broker.Access;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker;

/// <summary>The broker as the program around it sees it: publish, the retained store, and what may be done to clients. Thread-safe.</summary>
public sealed class MqttBroker
{
    private readonly RetainedMessages _retained;
    private readonly TopicTable _topics;
    private readonly AccessRules _access;

    internal MqttBroker(BrokerOptions options, IBrokerStore store, IBrokerObserver observer, TimeProvider time)
    {
        Options = options;
        Time = time;
        Observer = observer;
        _topics = new TopicTable(options.MaxTopics);
        _retained = new RetainedMessages(options, store, time);
        _access = new AccessRules(options);
        Subscriptions = new SubscriptionIndex(_topics);
        Dispatcher = new MessageDispatcher(Subscriptions, _retained, observer);
        var wills = new WillPublisher(_topics, Dispatcher, observer, time);
        Sessions = new SessionRegistry(options, Subscriptions, _retained, store, wills, observer, time);
        Connections = new ConnectionRegistry();
        Store = store;
        Services = new ConnectionServices(options, _topics, Subscriptions, Sessions, Dispatcher, _access, Connections, store, new OutboxChunkPool(), observer, time);
    }

    public BrokerOptions Options { get; }

    /// <summary>Retained messages in the store.</summary>
    public int RetainedCount => _retained.Count;

    /// <summary>Bytes of their topics, properties and payloads.</summary>
    public long RetainedBytes => _retained.Bytes;

    /// <summary>Grows with every change of the retained store.</summary>
    public long RetainedVersion => _retained.Version;

    internal TimeProvider Time { get; }

    internal IBrokerObserver Observer { get; }

    internal IBrokerStore Store { get; }

    internal TopicTable Topics => _topics;

    internal RetainedMessages RetainedStore => _retained;

    internal SubscriptionIndex Subscriptions { get; }

    internal MessageDispatcher Dispatcher { get; }

    internal SessionRegistry Sessions { get; }

    internal ConnectionRegistry Connections { get; }

    internal ConnectionServices Services { get; }

    /// <summary>Puts back what survived the last stop; called once, before anybody can connect.</summary>
    internal void Restore()
    {
        var state = Store.Load(_topics);
        _retained.Restore(state.Retained);
        Sessions.Restore(state.Sessions);
    }

    /// <summary>Publishes a message in the server's own name.</summary>
    public PublishReport Publish(PublishRequest request)
    {
        var topicBytes = Encoding.UTF8.GetBytes(request.Topic);
        if (!TopicName.IsValid(topicBytes))
        {
            return new PublishReport(ReasonCode.TopicNameInvalid, TopicName.Explain(topicBytes).Message, 0, 0, 0, 0);
        }

        if (topicBytes.Length + request.Payload.Length > Options.MaxPacketSize)
        {
            return new PublishReport(ReasonCode.PacketTooLarge, $"The message is larger than {Options.MaxPacketSize:N0} bytes", 0, 0, 0, 0);
        }

        var result = PublishUnchecked(_topics.Get(topicBytes), request);
        return result.RetainedStoreIsFull
            ? new PublishReport(ReasonCode.QuotaExceeded, "The retained store is full", 0, 0, 0, 0)
            : new PublishReport(result.Matched == 0 ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success, "", result.Sent, result.Queued, result.Dropped, result.Skipped);
    }

    /// <summary>Retained messages whose topics match a filter, in the order of their topics.</summary>
    /// <param name="after">The last topic of the page before; null for the first page.</param>
    public IReadOnlyList<RetainedMessage> ReadRetained(string filter, string? after, int count)
    {
        var page = new List<RetainedMessage>();
        foreach (var message in _retained.Matching(filter, after))
        {
            if (page.Count == count)
            {
                message.Release();
                break;
            }

            page.Add(Copy(message, Options.Monitoring.MaxPayloadBytes));
            message.Release();
        }

        return page;
    }

    /// <summary>The retained message of one topic with its whole payload, or null.</summary>
    public RetainedMessage? FindRetained(string topic)
    {
        if (_retained.Find(topic) is not { } message)
        {
            return null;
        }

        var copy = Copy(message, int.MaxValue);
        message.Release();
        return copy;
    }

    /// <summary>How many retained messages match a filter.</summary>
    public int CountRetained(string filter)
    {
        var count = 0;
        foreach (var message in _retained.Matching(filter))
        {
            message.Release();
            count++;
        }

        return count;
    }

    /// <summary>Takes the retained message of a topic out of the store; subscribers are not told.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteRetained(string topic) => _retained.Remove(topic);

    /// <summary>Takes all retained messages that match a filter out of the store and returns how many there were.</summary>
    public int DeleteRetainedMatching(string filter)
    {
        var deleted = 0;
        foreach (var message in _retained.Matching(filter))
        {
            deleted += _retained.Remove(message.Topic.Name) ? 1 : 0;
            message.Release();
        }

        return deleted;
    }

    /// <summary>Closes the connection of a client; its session and its will follow their own rules.</summary>
    /// <returns>False when it is not connected.</returns>
    public bool Disconnect(string clientId)
    {
        if (Sessions.Find(clientId)?.Connection is not { } connection)
        {
            return false;
        }

        connection.Close(ReasonCode.AdministrativeAction, "it was disconnected on the dashboard");
        return true;
    }

    /// <summary>Ends a session with its subscriptions and what waits for it; a connected client is disconnected.</summary>
    /// <returns>False when there is none.</returns>
    public bool ClearSession(string clientId) => Sessions.Clear(clientId);

    internal DeliveryResult PublishUnchecked(Topic topic, PublishRequest request)
    {
        var batch = new DeliveryBatch { Now = Time.GetUtcNow().ToUnixTimeMilliseconds() };
        var properties = request.Properties is null ? [] : PublishPropertyCodec.Encode(request.Properties);
        var publish = new OutgoingPublish(topic, properties, request.Payload.Span, request.QoS, request.Retain, publisherId: null, batch.Now, batch.Encodings);
        var result = Dispatcher.Publish(ref publish, batch);
        batch.Flush();
        return result;
    }

    private static RetainedMessage Copy(ApplicationMessage message, int maxPayload) => new(
        message.Topic.Name,
        message.Payload[..Math.Min(message.Payload.Length, maxPayload)].ToArray(),
        message.Payload.Length,
        message.QoS,
        message.PublisherId,
        DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt),
        message.ExpiresAt == ApplicationMessage.NeverExpires ? null : DateTimeOffset.FromUnixTimeMilliseconds(message.ExpiresAt),
        message.DecodeProperties(message.ReceivedAt));
}
