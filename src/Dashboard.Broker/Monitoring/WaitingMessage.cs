using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>Where a message for a client stands.</summary>
public enum WaitingState
{
    Queued,
    AwaitingPubAck,
    AwaitingPubRec,

    /// <summary>Only its packet identifier is left.</summary>
    AwaitingPubComp,
}

/// <summary>A QoS 1 or 2 message that a session holds for its client.</summary>
/// <param name="PacketId">0 while it is queued.</param>
/// <param name="Topic">Null when only the packet identifier is left; so are the rest.</param>
/// <param name="Size">Bytes of the payload.</param>
/// <param name="Excerpt">Its beginning.</param>
public sealed record WaitingMessage(
    WaitingState State,
    ushort PacketId,
    QualityOfService QoS,
    string? Topic,
    int Size,
    ReadOnlyMemory<byte> Excerpt,
    string? PublisherId,
    DateTimeOffset? ReceivedAt,
    DateTimeOffset? ExpiresAt);
