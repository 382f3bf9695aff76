using System.Text;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Monitoring;

/// <summary>The clients and their sessions as they are now. Thread-safe.</summary>
public sealed class ClientDirectory(MqttBroker broker)
{
    // A picture of 10,000 sessions takes some milliseconds; however many viewers there are, it is taken five times a second.
    private static readonly TimeSpan PictureAge = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly ClientRates _rates = new(broker);
    private Session[] _sessions = [];
    private long _version = -1;
    private IReadOnlyList<ClientInfo> _picture = [];
    private long? _takenAt;

    /// <summary>All clients, connected and kept, by client id; at most 200 ms old.</summary>
    public IReadOnlyList<ClientInfo> List()
    {
        lock (_gate)
        {
            if (_takenAt is not { } takenAt || broker.Time.GetElapsedTime(takenAt) >= PictureAge)
            {
                _picture = [.. InOrder().Select(Describe)];
                _takenAt = broker.Time.GetTimestamp();
            }

            return _picture;
        }
    }

    /// <summary>One client at this moment, with its subscriptions and will; null when there is no such session.</summary>
    public ClientDetails? Find(string clientId)
    {
        if (broker.Sessions.Find(clientId) is not { } session)
        {
            return null;
        }

        var subscriptions = session.Subscriptions()
            .Select(subscription => new SubscriptionInfo(
                subscription.Request.Filter,
                subscription.Request.QoS,
                subscription.Request.NoLocal,
                subscription.Request.RetainAsPublished,
                subscription.Request.RetainHandling,
                subscription.Id))
            .OrderBy(subscription => subscription.Filter, StringComparer.Ordinal);
        return new ClientDetails(Describe(session), [.. subscriptions], session.Lifetime.Will);
    }

    /// <summary>What waits for a client and is not acknowledged by it, a page at a time; empty when there is no such session.</summary>
    public IReadOnlyList<WaitingMessage> Waiting(string clientId, int skip, int take) =>
        broker.Sessions.Find(clientId) is { } session ? WaitingMessages.Read(session, skip, take) : [];

    /// <summary>Which of the topics that are known now a filter matches: how many, and the first few by name.</summary>
    public (int Count, IReadOnlyList<string> Examples) Matching(string filter, int examples)
    {
        var pattern = TopicFilter.TryParseShared(filter, out _, out var inner) ? inner : filter;
        var found = broker.Topics.All.Select(topic => topic.Name).Where(topic => TopicFilter.Matches(pattern, topic)).ToArray();
        return (found.Length, [.. found.Order(StringComparer.Ordinal).Take(examples)]);
    }

    /// <summary>The clients that a message on a topic would reach, members of shared groups among them.</summary>
    public IReadOnlySet<string> SubscribersOf(string topic)
    {
        var utf8 = Encoding.UTF8.GetBytes(topic);
        if (!TopicName.IsValid(utf8))
        {
            return new HashSet<string>();
        }

        // A name that is only being typed must not take a place in the table.
        var route = broker.Subscriptions.RouteOf(broker.Topics.TryGet(utf8, out var known) ? known : new Topic(utf8));
        return route.Subscriptions.Concat(route.Groups.SelectMany(group => group.Members))
            .Select(subscription => ((Session)subscription.Subscriber).ClientId)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>Takes the rates since the last time.</summary>
    internal void SampleRates() => _rates.Sample();

    // Ordering 10,000 ids costs more than looking at as many sessions; it is done only when others have come or gone.
    private Session[] InOrder()
    {
        var version = broker.Sessions.Version;
        if (version != _version)
        {
            _sessions = [.. broker.Sessions.All.OrderBy(session => session.ClientId, StringComparer.Ordinal)];
            _version = version;
        }

        return _sessions;
    }

    private ClientInfo Describe(Session session)
    {
        var lifetime = session.Lifetime;
        var depth = session.Depth();
        var connect = lifetime.LastConnect;
        var connection = session.Connection as ClientConnection;
        var traffic = connection?.Traffic ?? default;
        var rate = connection is null ? default : _rates.Of(connection);
        return new ClientInfo(
            session.ClientId,
            connection is not null,
            connect?.Version ?? ProtocolVersion.V311,
            connection?.Transport.Name,
            connection?.Transport.RemoteAddress,
            connect?.UserName,
            connection?.KeepAlive ?? connect?.KeepAlive ?? 0,
            connection is null ? null : Time(connection.LastReceived),
            connect?.CleanStart ?? true,
            lifetime.ExpiryInterval,
            Time(lifetime.LastConnectedAt),
            lifetime.DisconnectedAt is { } gone ? Time(gone) : null,
            lifetime.ExpiresAt == SessionLifetime.Never ? null : Time(lifetime.ExpiresAt),
            depth.Subscriptions,
            depth.Inflight,
            depth.Queued,
            depth.QueuedBytes,
            connection?.OutboxBytes ?? 0,
            session.Outbound.Dropped,
            traffic.PublishesReceived,
            traffic.PublishesSent,
            rate.Received,
            rate.Sent,
            traffic.BytesReceived,
            traffic.BytesSent,
            lifetime.Will is not null)
        {
            MaxInflight = connection?.ReceiveMaximum ?? broker.Options.MaxInflight,
            PublishesRefused = connection?.PublishesRefused ?? 0,
        };
    }

    private static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
