using System.Globalization;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The four flag bits of the fixed header (section 2.1.3), which are fixed for every packet but PUBLISH.</summary>
public static class HeaderFlags
{
    private const int Dup = 0x08;

    /// <summary>The flags that the standard demands [MQTT-2.1.3-1] [MQTT-2.2.2-1, 3.1.1].</summary>
    public static byte Of(PacketType packet) =>
        packet is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)0b0010 : (byte)0;

    /// <summary>Not for PUBLISH, whose flags have a meaning. For CONNECT and PINGREQ, nobody but the server's read loop can ask.</summary>
    public static bool AreValid(PacketType packet, byte flags, ProtocolVersion version)
    {
        // MQTT 3.1 repeats these packets with the DUP flag set.
        var mayRepeat = version == ProtocolVersion.V310 && Of(packet) != 0;
        return (mayRepeat ? flags & ~Dup : flags) == Of(packet);
    }

    internal static void Check(ref PacketReader reader, byte flags, PacketType packet, ProtocolVersion version)
    {
        if (!AreValid(packet, flags, version))
        {
            // [MQTT-2.1.3-1] [MQTT-2.2.2-2, 3.1.1]
            reader.Fail(
                ReasonCode.MalformedPacket,
                FindingCode.HeaderFlags,
                Words.Of(packet),
                flags.ToString("B4", CultureInfo.InvariantCulture),
                Of(packet).ToString("B4", CultureInfo.InvariantCulture));
        }
    }
}
