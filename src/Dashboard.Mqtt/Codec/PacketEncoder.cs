using System.Buffers;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// Writes whole packets. A server writes PUBLISH with <see cref="PublishWriter"/> and plain acknowledgements with
/// <see cref="AckWriter"/> instead. Strings with lone surrogates or of more than 65,535 bytes are an <see cref="ArgumentException"/>.
/// </summary>
public static class PacketEncoder
{
    /// <summary>In the packet's own version.</summary>
    public static void Write(IBufferWriter<byte> output, ConnectPacket packet) => ConnectEncoder.Write(output, packet);

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, ConnAckPacket packet)
    {
        var body = new PacketBody();
        // [MQTT-3.2.2-6] [MQTT-3.2.2-4, 3.1.1]; 3.1 has no such flag
        var sessionPresent = packet.SessionPresent && packet.Reason == ReasonCode.Success && version != ProtocolVersion.V310;
        body.Byte(sessionPresent ? (byte)1 : (byte)0); // [MQTT-3.2.2-1]
        if (version == ProtocolVersion.V500)
        {
            body.Byte((byte)packet.Reason);
            body.Properties(packet.Properties, PacketType.ConnAck);
        }
        else
        {
            body.Byte(ConnAckReturnCode.Of(packet.Reason));
        }

        body.WriteTo(output, PacketType.ConnAck);
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, PublishPacket packet)
    {
        var topic = MqttString.Strict.GetBytes(packet.Topic);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(topic.Length, MqttString.MaxLength, nameof(packet));
        var properties = version == ProtocolVersion.V500 ? PropertyEncoder.Encode(packet.Properties, PacketType.Publish) : [];
        var head = output.GetSpan(PublishWriter.MaxHeadLength(topic.Length, properties.Length));
        var length = PublishWriter.WriteHead(
            head, version, topic, packet.QoS, packet.Retain, packet.Dup, packet.PacketId, properties, packet.Payload.Length, out _);
        output.Advance(length);
        output.Write(packet.Payload);
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, AckPacket packet)
    {
        if (version != ProtocolVersion.V500 || packet.Properties is null)
        {
            output.Advance(AckWriter.Write(output.GetSpan(AckWriter.MaxLength), packet.Type, packet.PacketId, packet.Reason, version));
            return;
        }

        var body = new PacketBody();
        body.UInt16(packet.PacketId);
        body.Byte((byte)packet.Reason);
        body.Properties(packet.Properties, packet.Type);
        body.WriteTo(output, packet.Type, HeaderFlags.Of(packet.Type));
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, SubscribePacket packet)
    {
        var body = Begin(version, packet.PacketId, packet.Properties, PacketType.Subscribe);
        foreach (var request in packet.Subscriptions)
        {
            body.String(request.Filter);
            var options = (int)request.QoS;
            if (version == ProtocolVersion.V500)
            {
                options |= (request.NoLocal ? 0x04 : 0) | (request.RetainAsPublished ? 0x08 : 0) | (int)request.RetainHandling << 4;
            }

            body.Byte((byte)options);
        }

        body.WriteTo(output, PacketType.Subscribe, HeaderFlags.Of(PacketType.Subscribe));
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, SubAckPacket packet)
    {
        var body = Begin(version, packet.PacketId, packet.Properties, PacketType.SubAck);
        foreach (var reason in packet.Reasons)
        {
            // Before 5.0 there is one failure only [MQTT-3.9.3-2, 3.1.1].
            var failed = version != ProtocolVersion.V500 && reason >= ReasonCode.UnspecifiedError;
            body.Byte((byte)(failed ? ReasonCode.UnspecifiedError : reason));
        }

        body.WriteTo(output, PacketType.SubAck);
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, UnsubscribePacket packet)
    {
        var body = Begin(version, packet.PacketId, packet.Properties, PacketType.Unsubscribe);
        foreach (var filter in packet.Filters)
        {
            body.String(filter);
        }

        body.WriteTo(output, PacketType.Unsubscribe, HeaderFlags.Of(PacketType.Unsubscribe));
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, UnsubAckPacket packet)
    {
        var body = Begin(version, packet.PacketId, packet.Properties, PacketType.UnsubAck);
        if (version == ProtocolVersion.V500)
        {
            foreach (var reason in packet.Reasons)
            {
                body.Byte((byte)reason);
            }
        }

        body.WriteTo(output, PacketType.UnsubAck);
    }

    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, DisconnectPacket packet)
    {
        var body = new PacketBody();
        // Success without properties is the empty packet (section 3.14.2.1).
        if (version == ProtocolVersion.V500 && packet is not { Reason: ReasonCode.Success, Properties: null })
        {
            body.Byte((byte)packet.Reason);
            body.Properties(packet.Properties, PacketType.Disconnect);
        }

        body.WriteTo(output, PacketType.Disconnect);
    }

    /// <summary>MQTT 5.0 only.</summary>
    public static void Write(IBufferWriter<byte> output, ProtocolVersion version, AuthPacket packet)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(version, ProtocolVersion.V500);
        var body = new PacketBody();
        // [MQTT-3.15.2-1]: success without properties is the empty packet
        if (packet is not { Reason: ReasonCode.Success, Properties: null })
        {
            body.Byte((byte)packet.Reason);
            body.Properties(packet.Properties, PacketType.Auth);
        }

        body.WriteTo(output, PacketType.Auth);
    }

    public static void WritePingReq(IBufferWriter<byte> output) => new PacketBody().WriteTo(output, PacketType.PingReq);

    public static void WritePingResp(IBufferWriter<byte> output) => new PacketBody().WriteTo(output, PacketType.PingResp);

    private static PacketBody Begin(ProtocolVersion version, ushort packetId, Properties? properties, PacketType packet)
    {
        var body = new PacketBody();
        body.UInt16(packetId);
        if (version == ProtocolVersion.V500)
        {
            body.Properties(properties, packet);
        }

        return body;
    }
}
