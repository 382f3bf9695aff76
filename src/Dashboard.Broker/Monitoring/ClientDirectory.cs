using Dashboard.Broker.Connections;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>The clients and their sessions as they are now. Thread-safe; each call takes a new picture.</summary>
public sealed class ClientDirectory(MqttBroker broker)
{
    /// <summary>All clients, connected and kept, by client id.</summary>
    public IReadOnlyList<ClientInfo> List() =>
        [.. broker.Sessions.All.Select(session => Describe(session, session.Snapshot())).OrderBy(client => client.ClientId, StringComparer.Ordinal)];

    /// <summary>One client with its subscriptions and will; null when there is no such session.</summary>
    public ClientDetails? Find(string clientId)
    {
        if (broker.Sessions.Find(clientId) is not { } session)
        {
            return null;
        }

        var snapshot = session.Snapshot();
        var subscriptions = snapshot.Subscriptions
            .Select(subscription => new SubscriptionInfo(
                subscription.Request.Filter,
                subscription.Request.QoS,
                subscription.Request.NoLocal,
                subscription.Request.RetainAsPublished,
                subscription.Request.RetainHandling,
                subscription.Id))
            .OrderBy(subscription => subscription.Filter, StringComparer.Ordinal);
        return new ClientDetails(Describe(session, snapshot), [.. subscriptions], session.Lifetime.Will);
    }

    private static ClientInfo Describe(Session session, SessionSnapshot snapshot)
    {
        var lifetime = session.Lifetime;
        var connect = lifetime.LastConnect;
        var connection = session.Connection as ClientConnection;
        var traffic = connection?.Traffic ?? default;
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
            snapshot.Subscriptions.Count,
            snapshot.Inflight,
            snapshot.Queued,
            snapshot.QueuedBytes,
            connection?.OutboxBytes ?? 0,
            snapshot.Dropped,
            traffic.PublishesReceived,
            traffic.PublishesSent,
            traffic.BytesReceived,
            traffic.BytesSent,
            lifetime.Will is not null);
    }

    private static DateTimeOffset Time(long unixMilliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(unixMilliseconds);
}
