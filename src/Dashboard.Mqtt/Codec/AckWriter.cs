using System.Buffers.Binary;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP without properties, for the hot path.</summary>
public static class AckWriter
{
    public const int MaxLength = 5;

    /// <returns>The bytes written: 4, or 5 with a reason other than success in MQTT 5.0.</returns>
    public static int Write(Span<byte> destination, PacketType type, ushort packetId, ReasonCode reason, ProtocolVersion version)
    {
        // The reason may be left out when it is success (section 3.4.2.1); before 5.0 there is none.
        var withReason = version == ProtocolVersion.V500 && reason != ReasonCode.Success;
        destination[0] = (byte)((int)type << 4 | HeaderFlags.Of(type));
        destination[1] = withReason ? (byte)3 : (byte)2;
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], packetId);
        if (!withReason)
        {
            return 4;
        }

        destination[4] = (byte)reason;
        return 5;
    }
}
