using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP without their properties, for the hot path.</summary>
public readonly record struct AckView(PacketType Type, ushort PacketId, ReasonCode Reason);

/// <summary>
/// Reads what follows the fixed header of every packet. Nothing here throws: what is wrong comes back as a
/// <see cref="DecodeError"/>. A server reads PUBLISH with <see cref="PublishView"/> instead.
/// </summary>
public static class PacketDecoder
{
    public static bool TryReadConnect(ReadOnlySpan<byte> body, out ConnectPacket packet, out DecodeError error) =>
        ConnectDecoder.TryRead(body, out packet, out error);

    /// <summary>The version in which to answer a CONNECT that cannot be read.</summary>
    public static ProtocolVersion GuessVersion(ReadOnlySpan<byte> connectBody) => ConnectDecoder.GuessVersion(connectBody);

    /// <summary>Filters that are well-formed strings but not valid are left for the SUBACK to refuse.</summary>
    public static bool TryReadSubscribe(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out SubscribePacket packet, out DecodeError error) =>
        SubscribeDecoder.TryReadSubscribe(flags, body, version, out packet, out error);

    public static bool TryReadUnsubscribe(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out UnsubscribePacket packet, out DecodeError error) =>
        SubscribeDecoder.TryReadUnsubscribe(flags, body, version, out packet, out error);

    /// <summary>PUBACK, PUBREC, PUBREL and PUBCOMP; does not allocate for a valid packet.</summary>
    /// <param name="firstByte">Type and flags.</param>
    public static bool TryReadAck(byte firstByte, ReadOnlySpan<byte> body, ProtocolVersion version, out AckView ack, out DecodeError error) =>
        AckDecoder.TryRead(firstByte, body, version, out ack, out error);

    /// <summary>As <see cref="TryReadAck"/>, with the properties.</summary>
    public static bool TryReadAckPacket(byte firstByte, ReadOnlySpan<byte> body, ProtocolVersion version, out AckPacket packet, out DecodeError error) =>
        AckDecoder.TryReadPacket(firstByte, body, version, out packet, out error);

    /// <param name="fromServer">A server may give other reasons than a client.</param>
    public static bool TryReadDisconnect(
        byte flags,
        ReadOnlySpan<byte> body,
        ProtocolVersion version,
        out DisconnectPacket packet,
        out DecodeError error,
        bool fromServer = false) =>
        SessionDecoder.TryReadDisconnect(flags, body, version, fromServer, out packet, out error);

    public static bool TryReadAuth(byte flags, ReadOnlySpan<byte> body, out AuthPacket packet, out DecodeError error) =>
        SessionDecoder.TryReadAuth(flags, body, out packet, out error);

    public static bool TryReadConnAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out ConnAckPacket packet, out DecodeError error) =>
        SessionDecoder.TryReadConnAck(flags, body, version, out packet, out error);

    public static bool TryReadSubAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out SubAckPacket packet, out DecodeError error) =>
        AckDecoder.TryReadSubAck(flags, body, version, out packet, out error);

    public static bool TryReadUnsubAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out UnsubAckPacket packet, out DecodeError error) =>
        AckDecoder.TryReadUnsubAck(flags, body, version, out packet, out error);

    /// <summary>A PUBLISH from a server, with its own copies of everything.</summary>
    public static bool TryReadPublish(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out PublishPacket packet, out DecodeError error)
    {
        packet = null!;
        if (!PublishView.TryRead(flags, body, version, out var view, out error, fromServer: true))
        {
            return false;
        }

        packet = new PublishPacket
        {
            Topic = MqttString.Strict.GetString(view.Topic),
            Payload = view.Payload.ToArray(),
            QoS = view.QoS,
            Retain = view.Retain,
            Dup = view.Dup,
            PacketId = view.PacketId,
            Properties = view.Properties.Raw.IsEmpty ? null : PublishPropertyCodec.Decode(view.Properties.Raw),
        };
        return true;
    }
}
