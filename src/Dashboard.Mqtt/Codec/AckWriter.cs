using System.Buffers.Binary;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// PUBACK, PUBREC, PUBREL and PUBCOMP, for the hot path: without properties, so no client gets words that it does not want
/// [MQTT-3.1.2-29], or that make the packet larger than it takes [MQTT-3.4.2-2] [MQTT-3.4.2-3] [MQTT-3.5.2-2] [MQTT-3.5.2-3]
/// [MQTT-3.6.2-2] [MQTT-3.6.2-3] [MQTT-3.7.2-2] [MQTT-3.7.2-3].
/// </summary>
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
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], packetId); // [MQTT-2.2.1-5] [MQTT-2.3.1-6, 3.1.1]
        if (!withReason)
        {
            return 4;
        }

        destination[4] = (byte)reason;
        return 5;
    }
}
