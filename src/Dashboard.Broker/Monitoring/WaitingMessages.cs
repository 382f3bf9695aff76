using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>Reads what a session holds for its client: first what is in flight in the order of sending, then the queue.</summary>
internal static class WaitingMessages
{
    private const int ExcerptBytes = 256;

    public static IReadOnlyList<WaitingMessage> Read(Session session, int skip, int take) => session.Outbound.Look((inflight, queue) =>
    {
        var sent = inflight.InOrder().Select(one => (State: StateOf(one.State), one.PacketId, one.Message));
        var queued = queue.Messages.Select(message => (State: WaitingState.Queued, PacketId: (ushort)0, Message: message));
        return sent.Concat(queued).Skip(skip).Take(take).Select(one => Describe(one.State, one.PacketId, one.Message)).ToArray(); // copied within the lock
    });

    private static WaitingState StateOf(InflightState state) => state switch
    {
        InflightState.AwaitingPubAck => WaitingState.AwaitingPubAck,
        InflightState.AwaitingPubRec => WaitingState.AwaitingPubRec,
        _ => WaitingState.AwaitingPubComp,
    };

    private static WaitingMessage Describe(WaitingState state, ushort packetId, in OutboundMessage outbound)
    {
        if (outbound.Message is not { } message)
        {
            return new WaitingMessage(state, packetId, outbound.QoS, null, 0, default, null, null, null);
        }

        return new WaitingMessage(
            state,
            packetId,
            outbound.QoS,
            message.Topic.Name,
            message.Payload.Length,
            message.Payload[..Math.Min(message.Payload.Length, ExcerptBytes)].ToArray(),
            message.PublisherId,
            DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt),
            message.ExpiresAt == long.MaxValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(message.ExpiresAt));
    }
}
