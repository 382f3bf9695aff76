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
    private readonly RetainedReader _reader;
    private readonly TopicTable _topics;
    private readonly AccessRules _access;
    private readonly ReceiverSearch _receivers;

    internal MqttBroker(BrokerOptions options, IBrokerStore store, IBrokerObserver observer, TimeProvider time, IEnumerable<IEnhancedAuthentication>? methods = null)
    {
        Options = options;
        Time = time;
        Observer = observer;
        _topics = new TopicTable(options.MaxTopics);
        _retained = new RetainedMessages(options, store, Limits, time);
        _reader = new RetainedReader(_retained);
        Bans = new BanList(options, time);
        _access = new AccessRules(options, Bans);
        Subscriptions = new SubscriptionIndex(_topics);
        Dispatcher = new MessageDispatcher(Subscriptions, _retained, Limits, observer);
        var wills = new WillPublisher(_topics, Dispatcher, observer, time);
        Sessions = new SessionRegistry(options, Subscriptions, _retained, store, wills, Limits, observer, time);
        _receivers = new ReceiverSearch(_topics, Subscriptions, Sessions, time);
        Connections = new ConnectionRegistry();
        Memory = new MemoryGuard(options, Limits, time);
        Store = store;
        Services = new ConnectionServices(options, _topics, Subscriptions, Sessions, Dispatcher, _access, new AuthenticationMethods(methods ?? []), Connections, store, new OutboxChunkPool(), Limits, Memory, observer, time);
    }

    public BrokerOptions Options { get; }

    /// <summary>Retained messages in the store.</summary>
    public int RetainedCount => _retained.Count;

    /// <summary>Bytes of their topics, properties and payloads.</summary>
    public long RetainedBytes => _retained.Bytes;

    /// <summary>Grows with every change of the retained store.</summary>
    public long RetainedVersion => _retained.Version;

    /// <summary>Why nothing can be stored now, in words; null while all is well. Meanwhile messages at QoS 1 and 2 that would have to be stored are refused.</summary>
    public string? StoreFailure => Store.Failure;

    /// <summary>Which limits were hit since the start.</summary>
    public LimitHits Limits { get; } = new();

    /// <summary>Who may not connect; <see cref="Ban"/> adds to it.</summary>
    public BanList Bans { get; }

    internal TimeProvider Time { get; }

    internal IBrokerObserver Observer { get; }

    internal IBrokerStore Store { get; }

    internal TopicTable Topics => _topics;

    internal RetainedMessages RetainedStore => _retained;

    internal SubscriptionIndex Subscriptions { get; }

    internal MessageDispatcher Dispatcher { get; }

    internal SessionRegistry Sessions { get; }

    internal ConnectionRegistry Connections { get; }

    internal MemoryGuard Memory { get; }

    internal ConnectionServices Services { get; }

    /// <summary>Puts back what survived the last stop; called once, before anybody can connect.</summary>
    internal void Restore()
    {
        var state = Store.Load(_topics);
        _retained.Restore(state.Retained);
        Sessions.Restore(state.Sessions);
    }

    /// <summary>Whether only the broker itself publishes on a topic: <c>$SYS</c> and below.</summary>
    public static bool IsOwnTopic(string topic) => Topic.IsBrokersOwn(topic);

    /// <summary>Publishes a message in the server's own name, on any topic but <c>$SYS</c>.</summary>
    public PublishReport Publish(PublishRequest request)
    {
        var topicBytes = Encoding.UTF8.GetBytes(request.Topic);
        if (!TopicName.IsValid(topicBytes))
        {
            return new PublishReport(ReasonCode.TopicNameInvalid, TopicName.Explain(topicBytes).Message, 0, 0, 0, 0);
        }

        if (Topic.IsBrokersOwn(topicBytes))
        {
            return new PublishReport(ReasonCode.NotAuthorized, "Only the broker itself publishes on $SYS", 0, 0, 0, 0);
        }

        if (topicBytes.Length + request.Payload.Length > Options.MaxPacketSize)
        {
            return new PublishReport(ReasonCode.PacketTooLarge, $"The message is larger than {Options.MaxPacketSize:N0} bytes", 0, 0, 0, 0);
        }

        var result = Publish(_topics.Get(topicBytes), request, out var journey);
        return result.RetainedStoreIsFull
            ? new PublishReport(ReasonCode.QuotaExceeded, "The retained store is full", 0, 0, 0, 0) { Journey = journey }
            : new PublishReport(result.Matched == 0 ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success, "", result.Sent, result.Queued, result.Dropped, result.Skipped) { Journey = journey };
    }

    /// <summary>Whom a message on this topic would reach if it were published now; nobody when the topic is not valid.</summary>
    /// <param name="most">Sessions, and shared subscriptions, that are listed; all of them are counted.</param>
    public MessageReach WhoReceives(string topic, QualityOfService qos, int most = 50) => _receivers.Find(topic, qos, most);

    /// <summary>The retained message of one topic with its whole payload, or null.</summary>
    public RetainedMessage? FindRetained(string topic) => _reader.Find(topic);

    /// <summary>Whether the store holds a message of this topic; copies nothing.</summary>
    public bool HasRetained(string topic)
    {
        var message = _retained.Find(topic);
        message?.Release();
        return message is not null;
    }

    /// <summary>The topics of the retained messages that are wanted, in the order that is wanted. Takes some 50 ms for 100,000.</summary>
    public RetainedIndex FindRetained(RetainedQuery query) => RetainedSearch.Find(_retained, query);

    /// <summary>The retained messages of some topics, in the same order; null for each that is no longer there.</summary>
    public IReadOnlyList<RetainedMessage?> ReadRetained(IEnumerable<string> topics, int maxPayload) => _reader.Read(topics, maxPayload);

    /// <summary>Bytes of the retained messages of some topics, as <see cref="RetainedBytes"/> counts them; those that are no longer there count nothing.</summary>
    public long SizeOfRetained(IEnumerable<string> topics) => _reader.Size(topics);

    /// <summary>How many retained messages match a filter.</summary>
    public int CountRetained(string filter) => _reader.Count(filter);

    /// <summary>Takes the retained message of a topic out of the store; subscribers are not told.</summary>
    /// <returns>False when there was none.</returns>
    public bool DeleteRetained(string topic) => _retained.Remove(topic);

    /// <summary>Takes all retained messages that match a filter out of the store; subscribers are not told.</summary>
    /// <param name="undoBytes">When they are no larger together, they are held to be put back; 0 holds nothing.</param>
    public DeletedRetained DeleteRetainedMatching(string filter, long undoBytes = 0) =>
        DeleteRetained(FindRetained(new RetainedQuery(filter)).Topics, undoBytes);

    /// <summary>Takes the retained messages of some topics out of the store; subscribers are not told.</summary>
    /// <param name="undoBytes">When they are no larger together, they are held to be put back; 0 holds nothing.</param>
    /// <param name="notAfter">A message that came later stays: whoever asks has not seen it.</param>
    /// <param name="progress">Told now and then how many topics are done.</param>
    public DeletedRetained DeleteRetained(IEnumerable<string> topics, long undoBytes = 0, DateTimeOffset? notAfter = null, Action<int>? progress = null) =>
        DeletedRetained.TakeOut(_retained, topics, undoBytes, notAfter?.ToUnixTimeMilliseconds() ?? long.MaxValue, progress);

    /// <summary>Puts a message into the retained store as it is: publisher, time and expiry are its own. Subscribers are not told.</summary>
    /// <returns>Null when it was stored; else why not.</returns>
    public ImportProblem? ImportRetained(RetainedMessage message) => RetainedImport.Store(message, _topics, _retained, Options);

    /// <summary>Closes the connection of a client; its session and its will follow their own rules.</summary>
    /// <returns>False when it is not connected.</returns>
    public bool Disconnect(string clientId)
    {
        if (Sessions.Find(clientId)?.Connection is not { } connection)
        {
            return false;
        }

        connection.Close(ReasonCode.AdministrativeAction, new EventText(EventCode.CauseDashboard));
        return true;
    }

    /// <summary>Ends a session with its subscriptions and what waits for it; a connected client is disconnected.</summary>
    /// <returns>False when there is none.</returns>
    public bool ClearSession(string clientId) => Sessions.Clear(clientId);

    /// <summary>Adds a subscription to a session, or changes the one with this filter, as if its client had sent a SUBSCRIBE: kept with the session, retained messages are sent.</summary>
    public SubscriptionChange Subscribe(string clientId, SubscriptionRequest request)
    {
        if (Sessions.Find(clientId) is not { } session)
        {
            return new SubscriptionChange(ReasonCode.Success, null, IsThere: false);
        }

        var batch = new DeliveryBatch { Now = Time.GetUtcNow().ToUnixTimeMilliseconds() };
        var replays = new List<RetainedReplay>();
        var reason = Sessions.Book.Subscribe(session, new SessionSubscription(request, Id: null), batch.Now, replays, out var cause);
        if (reason < ReasonCode.UnspecifiedError)
        {
            TellAdministered(clientId, new EventText(EventCode.Subscribed, request.Filter));
        }

        foreach (var replay in replays)
        {
            session.Outbound.Replay(replay, batch);
        }

        batch.Flush();
        return new SubscriptionChange(reason, cause, IsThere: true);
    }

    /// <summary>Takes a subscription from a session. Its client is not told: MQTT has no word for it.</summary>
    public SubscriptionChange Unsubscribe(string clientId, string filter)
    {
        var isThere = Sessions.Find(clientId) is { } session && Sessions.Book.Unsubscribe(session, filter);
        if (isThere)
        {
            TellAdministered(clientId, new EventText(EventCode.Unsubscribed, filter));
        }

        return new SubscriptionChange(ReasonCode.Success, null, isThere);
    }

    /// <summary>Keeps somebody out from now on; whom it concerns and is connected is disconnected.</summary>
    /// <param name="disconnected">Connections that were closed.</param>
    public BanResult Ban(Ban ban, out int disconnected)
    {
        disconnected = 0;
        var result = Bans.Add(ban);
        if (result is BanResult.Banned or BanResult.NotStored)
        {
            foreach (var connection in Connections.Open.Where(open => BanList.Concerns(ban, open.ClientId, open.UserName, open.Address)))
            {
                // DISCONNECT has no "banned" (section 3.14.2.1); what an operator decides is an administrative action.
                connection.Close(ReasonCode.AdministrativeAction, ConnectHandshake.Because(ban));
                disconnected++;
            }
        }

        return result;
    }

    private void TellAdministered(string clientId, EventText text) =>
        Observer.ClientEvent(new ClientEvent(Time.GetUtcNow(), ClientEventKind.Administered, clientId, null, ReasonCode.Success, text));

    /// <summary>Publishes what the broker says of itself below <c>$SYS</c>.</summary>
    internal void PublishOwn(PublishRequest request) => Publish(_topics.Get(Encoding.UTF8.GetBytes(request.Topic)), request, out _);

    /// <param name="journey">As <see cref="PublishReport.Journey"/>.</param>
    private DeliveryResult Publish(Topic topic, PublishRequest request, out long journey)
    {
        var batch = new DeliveryBatch { Now = Time.GetUtcNow().ToUnixTimeMilliseconds() };
        var properties = request.Properties is null ? [] : PublishPropertyCodec.Encode(request.Properties);
        var publish = new OutgoingPublish(topic, properties, request.Payload.Span, request.QoS, request.Retain, publisherId: null, batch.Now, batch.Encodings);
        var result = Dispatcher.Publish(ref publish, batch);
        batch.Flush();
        journey = publish.Journey;
        return result;
    }
}
