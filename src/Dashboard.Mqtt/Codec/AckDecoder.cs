using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The answers to PUBLISH, SUBSCRIBE and UNSUBSCRIBE (sections 3.4 to 3.7, 3.9, 3.11).</summary>
internal static class AckDecoder
{
    public static bool TryRead(byte firstByte, ReadOnlySpan<byte> body, ProtocolVersion version, out AckView ack, out DecodeError error)
    {
        var reader = ReadHead(firstByte, body, version, out ack);
        if (!reader.AtEnd && version == ProtocolVersion.V500)
        {
            reader.SkipProperties();
        }

        reader.ExpectEnd();
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadPacket(byte firstByte, ReadOnlySpan<byte> body, ProtocolVersion version, out AckPacket packet, out DecodeError error)
    {
        var reader = ReadHead(firstByte, body, version, out var ack);
        var properties = reader.AtEnd || version != ProtocolVersion.V500 ? null : reader.Properties(ack.Type);
        reader.ExpectEnd();
        packet = new AckPacket(ack.Type, ack.PacketId, ack.Reason, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadSubAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out SubAckPacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.SubAck);
        HeaderFlags.Check(ref reader, flags, PacketType.SubAck, version);
        var packetId = reader.PacketId();
        var properties = version == ProtocolVersion.V500 ? reader.Properties(PacketType.SubAck) : null;
        var reasons = ReadReasons(ref reader, PacketType.SubAck);
        foreach (var reason in reasons)
        {
            if (version < ProtocolVersion.V500 && reason is > ReasonCode.GrantedQoS2 and not ReasonCode.UnspecifiedError)
            {
                // [MQTT-3.9.3-2, 3.1.1]
                reader.Fail(ReasonCode.MalformedPacket, FindingCode.SubAckCode, $"0x{(byte)reason:X2}");
            }
        }

        packet = new SubAckPacket(packetId, reasons, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadUnsubAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out UnsubAckPacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.UnsubAck);
        HeaderFlags.Check(ref reader, flags, PacketType.UnsubAck, version);
        var packetId = reader.PacketId();
        Properties? properties = null;
        List<ReasonCode> reasons = [];
        if (version == ProtocolVersion.V500)
        {
            properties = reader.Properties(PacketType.UnsubAck);
            reasons = ReadReasons(ref reader, PacketType.UnsubAck);
        }

        reader.ExpectEnd();
        packet = new UnsubAckPacket(packetId, reasons, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    /// <summary>Packet identifier and reason; the properties, if any, remain.</summary>
    private static PacketReader ReadHead(byte firstByte, ReadOnlySpan<byte> body, ProtocolVersion version, out AckView ack)
    {
        var type = (PacketType)(firstByte >> 4);
        var reader = new PacketReader(body, type);
        // [MQTT-3.6.1-1] for PUBREL
        HeaderFlags.Check(ref reader, (byte)(firstByte & 0x0F), type, version);
        var packetId = reader.PacketId();
        var reason = ReasonCode.Success;
        if (version == ProtocolVersion.V500 && !reader.AtEnd)
        {
            reason = (ReasonCode)reader.Byte("reason code");
            // [MQTT-3.4.2-1] [MQTT-3.5.2-1] [MQTT-3.6.2-1] [MQTT-3.7.2-1]
            ReasonCodes.Check(ref reader, reason, type);
        }

        ack = new AckView(type, packetId, reason);
        return reader;
    }

    private static List<ReasonCode> ReadReasons(ref PacketReader reader, PacketType packet)
    {
        var reasons = new List<ReasonCode>();
        while (!reader.AtEnd)
        {
            var reason = (ReasonCode)reader.Byte("reason codes");
            // [MQTT-3.9.3-2] [MQTT-3.11.3-2]
            ReasonCodes.Check(ref reader, reason, packet);
            reasons.Add(reason);
        }

        if (reasons.Count == 0)
        {
            reader.Fail(ReasonCode.ProtocolError, FindingCode.NoReason, Words.Of(packet));
        }

        return reasons;
    }
}
