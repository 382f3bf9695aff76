using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>A packet as it went over the network. The bytes of a password and of authentication data are not in it.</summary>
/// <param name="Length">Bytes of the whole packet.</param>
/// <param name="Bytes">The packet or, when it is large, its beginning.</param>
public sealed record TracedPacket(long Sequence, DateTimeOffset Time, bool IsFromClient, ProtocolVersion Version, int Length, ReadOnlyMemory<byte> Bytes)
{
    private PacketAnatomy? _anatomy;

    public PacketType Type => (PacketType)(Bytes.Span[0] >> 4);

    /// <summary>Its fields; taken apart when somebody looks.</summary>
    public PacketAnatomy Anatomy => _anatomy ??= PacketAnatomy.Of(Bytes.Span, Version);
}
