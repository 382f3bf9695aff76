using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>A client and its session, connected or kept, at one moment. What belongs to a connection is of the current one and empty while offline.</summary>
/// <param name="Transport">"TCP", "TLS" or "WebSocket".</param>
/// <param name="Address">Address and port of the other end.</param>
/// <param name="KeepAlive">Seconds; 0 means never.</param>
/// <param name="LastReceived">When the last packet came; null while offline.</param>
/// <param name="SessionExpiry">Seconds that the session outlives the connection; 0 ends it with the connection, 4,294,967,295 keeps it.</param>
/// <param name="ExpiresAt">When an offline session ends; null while connected or when it does not.</param>
/// <param name="Queued">QoS 1 and 2 messages that wait in the session.</param>
/// <param name="OutboxBytes">Bytes that wait for the network.</param>
/// <param name="Dropped">Messages lost to a limit or expired since the session began.</param>
/// <param name="ReceivedPerSecond">Messages that it published, over about the last second.</param>
/// <param name="SentPerSecond">Messages that were sent to it, over about the last second.</param>
public sealed record ClientInfo(
    string ClientId,
    bool IsConnected,
    ProtocolVersion Version,
    string? Transport,
    string? Address,
    string? UserName,
    ushort KeepAlive,
    DateTimeOffset? LastReceived,
    bool CleanStart,
    uint SessionExpiry,
    DateTimeOffset ConnectedAt,
    DateTimeOffset? DisconnectedAt,
    DateTimeOffset? ExpiresAt,
    int Subscriptions,
    int Inflight,
    int Queued,
    long QueuedBytes,
    int OutboxBytes,
    long Dropped,
    long PublishesReceived,
    long PublishesSent,
    double ReceivedPerSecond,
    double SentPerSecond,
    long BytesReceived,
    long BytesSent,
    bool HasWill)
{
    /// <summary>How many messages above QoS 0 it may have in flight: the lower of its receive maximum and <see cref="BrokerOptions.MaxInflight"/>.</summary>
    public int MaxInflight { get; init; }

    /// <summary>Messages of this connection that the access rules or a check refused.</summary>
    public long PublishesRefused { get; init; }
}

/// <summary>A subscription as its client asked for it.</summary>
/// <param name="Id">Subscription identifier; null when there is none.</param>
public sealed record SubscriptionInfo(
    string Filter,
    QualityOfService QoS,
    bool NoLocal,
    bool RetainAsPublished,
    RetainHandling RetainHandling,
    uint? Id);

/// <summary>Everything that is known of one client.</summary>
public sealed record ClientDetails(ClientInfo Client, IReadOnlyList<SubscriptionInfo> Subscriptions, WillMessage? Will);
