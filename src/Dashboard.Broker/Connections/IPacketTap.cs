using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// Somebody who looks at every packet of one client. It must be quick and must not block or throw: it is called on the way
/// of the packet, for what is sent under the lock of the outbox. Nothing that it is given may be kept beyond the call.
/// </summary>
internal interface IPacketTap
{
    /// <param name="packet">A whole packet, before it is handled.</param>
    void Received(ReadOnlySpan<byte> packet, ProtocolVersion version);

    /// <summary>A packet was taken to be sent, <paramref name="head"/> first.</summary>
    void Sent(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, ProtocolVersion version);
}
