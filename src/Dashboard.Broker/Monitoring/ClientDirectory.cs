using Dashboard.Broker.Connections;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>The clients and their sessions as they are now. Thread-safe.</summary>
public sealed class ClientDirectory(MqttBroker broker)
{
    // A picture of 10,000 sessions takes some milliseconds; however many viewers there are, it is taken five times a second.
    private static readonly TimeSpan PictureAge = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private readonly ClientRates _rates = new(broker);
    private IReadOnlyList<ClientInfo> _picture = [];
    private long? _takenAt;

    /// <summary>All clients, connected and kept, by client id; at most 200 ms old.</summary>
    public IReadOnlyList<ClientInfo> List()
    {
        lock (_gate)
        {
            if (_takenAt is not { } takenAt || broker.Time.GetElapsedTime(takenAt) >= PictureAge)
            {
                _picture = [.. broker.Sessions.All.Select(Describe).OrderBy(client => client.ClientId, StringComparer.Ordinal)];
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

    /// <summary>Takes the rates since the last time.</summary>
    internal void SampleRates() => _rates.Sample();

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
            PublishesRefused = connection?.PublishesRefused ?? 0,
        };
    }

    private static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
