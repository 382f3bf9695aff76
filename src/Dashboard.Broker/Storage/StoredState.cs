using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Storage;

/// <summary>How far the delivery of a message to a session has come.</summary>
internal enum DeliveryStage : byte
{
    Queued = 0,
    Sent = 1,

    /// <summary>QoS 2 after PUBREC: only the packet identifier is left.</summary>
    Released = 2,
}

/// <summary>A message for a session.</summary>
/// <param name="Session">Key of the session.</param>
/// <param name="Sequence">Place in the order of that session.</param>
/// <param name="Message">Null when <see cref="DeliveryStage.Released"/>.</param>
/// <param name="PacketId">0 while queued.</param>
/// <param name="Share">The shared subscription that it came through; null when it was meant for this session.</param>
internal readonly record struct StoredDelivery(
    long Session,
    long Sequence,
    ApplicationMessage? Message,
    QualityOfService QoS,
    bool Retain,
    uint[]? SubscriptionIds,
    DeliveryStage Stage,
    ushort PacketId,
    string? Share);

/// <summary>A session apart from what it holds.</summary>
/// <param name="ExpiryInterval">Seconds that it outlives its connection.</param>
/// <param name="ExpiresAt">Unix milliseconds; <see cref="long.MaxValue"/> while connected or when it does not expire.</param>
/// <param name="WillDueAt">Unix milliseconds; <see cref="long.MaxValue"/> while connected.</param>
internal sealed record StoredSession(
    long Key,
    string ClientId,
    ProtocolVersion Version,
    uint ExpiryInterval,
    bool IsConnected,
    long ExpiresAt,
    long LastConnectedAt,
    long DisconnectedAt,
    WillMessage? Will,
    long WillDueAt);

/// <summary>A subscription of a session.</summary>
/// <param name="ReplayAfter">The last topic of a replay of retained messages that is not complete, empty before the first; null when none is left.</param>
internal readonly record struct RestoredSubscription(SubscriptionRequest Request, uint? Id, string? ReplayAfter);

/// <summary>A session with what it holds, as it is restored.</summary>
internal sealed class RestoredSession(StoredSession session)
{
    public StoredSession Session { get; } = session;

    public List<RestoredSubscription> Subscriptions { get; } = [];

    /// <summary>In the order of their sequence.</summary>
    public List<StoredDelivery> Deliveries { get; } = [];

    public List<ushort> Received { get; } = [];
}

/// <summary>Everything that was committed before the last stop.</summary>
internal sealed record StoredState(IReadOnlyList<ApplicationMessage> Retained, IReadOnlyCollection<RestoredSession> Sessions)
{
    public static StoredState Empty { get; } = new([], []);
}
