using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The four flag bits of the fixed header (section 2.1.3), which are fixed for every packet but PUBLISH.</summary>
internal static class HeaderFlags
{
    private const int Dup = 0x08;

    public static byte Of(PacketType packet) =>
        packet is PacketType.PubRel or PacketType.Subscribe or PacketType.Unsubscribe ? (byte)0b0010 : (byte)0;

    public static void Check(ref PacketReader reader, byte flags, PacketType packet, ProtocolVersion version)
    {
        // MQTT 3.1 repeats these packets with the DUP flag set.
        var mayRepeat = version == ProtocolVersion.V310 && Of(packet) != 0;
        if ((mayRepeat ? flags & ~Dup : flags) != Of(packet))
        {
            // [MQTT-2.1.3-1]; [MQTT-2.2.2-2] of 3.1.1
            reader.Fail(
                ReasonCode.MalformedPacket,
                $"{Words.Of(packet)} has the header flags {flags:B4} instead of {Of(packet):B4}");
        }
    }
}
