using System.Buffers;
using System.Text;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>Packets to bytes and back, as a client sees them.</summary>
public static class Wire
{
    public static byte[] Encode(ProtocolVersion version, object packet)
    {
        var output = new ArrayBufferWriter<byte>();
        switch (packet)
        {
            case ConnectPacket connect:
                PacketEncoder.Write(output, connect);
                break;
            case PublishPacket publish:
                PacketEncoder.Write(output, version, publish);
                break;
            case AckPacket ack:
                PacketEncoder.Write(output, version, ack);
                break;
            case SubscribePacket subscribe:
                PacketEncoder.Write(output, version, subscribe);
                break;
            case UnsubscribePacket unsubscribe:
                PacketEncoder.Write(output, version, unsubscribe);
                break;
            case DisconnectPacket disconnect:
                PacketEncoder.Write(output, version, disconnect);
                break;
            case AuthPacket auth:
                PacketEncoder.Write(output, version, auth);
                break;
            case PacketType.PingReq:
                PacketEncoder.WritePingReq(output);
                break;
            default:
                throw new ArgumentException($"a client does not send {packet}", nameof(packet));
        }

        return output.WrittenSpan.ToArray();
    }

    /// <summary>A packet from a server; the codec checks that it is one that a server may send.</summary>
    public static object Decode(FixedHeader header, ReadOnlySpan<byte> body, ProtocolVersion version)
    {
        DecodeError error;
        var valid = true;
        object packet;
        switch (header.Type)
        {
            case PacketType.ConnAck:
                valid = PacketDecoder.TryReadConnAck(header.Flags, body, version, out var connAck, out error);
                packet = connAck;
                break;
            case PacketType.Publish:
                valid = PacketDecoder.TryReadPublish(header.Flags, body, version, out var publish, out error);
                packet = publish;
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                valid = PacketDecoder.TryReadAckPacket(header.First, body, version, out var ack, out error);
                packet = ack;
                break;
            case PacketType.SubAck:
                valid = PacketDecoder.TryReadSubAck(header.Flags, body, version, out var subAck, out error);
                packet = subAck;
                break;
            case PacketType.UnsubAck:
                valid = PacketDecoder.TryReadUnsubAck(header.Flags, body, version, out var unsubAck, out error);
                packet = unsubAck;
                break;
            case PacketType.Auth:
                valid = PacketDecoder.TryReadAuth(header.Flags, body, out var auth, out error);
                packet = auth;
                break;
            case PacketType.Disconnect:
                valid = PacketDecoder.TryReadDisconnect(header.Flags, body, version, out var disconnect, out error, fromServer: true);
                packet = disconnect;
                break;
            default:
                error = new DecodeError(ReasonCode.ProtocolError, FindingCode.Unexpected, $"{header.Type} of {body.Length} bytes");
                valid = header is { Type: PacketType.PingResp, RemainingLength: 0 };
                packet = header.Type;
                break;
        }

        return valid ? packet : throw new InvalidDataException(error.Message);
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Two bytes of length, then the text.</summary>
    public static byte[] Text(string text) => [(byte)(text.Length >> 8), (byte)text.Length, .. Utf8(text)];

    /// <summary>A whole packet from its first byte and its body.</summary>
    public static byte[] Packet(byte first, params byte[] body)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = first;
        var length = 1 + VariableByteInteger.Write(header[1..], (uint)body.Length);
        return [.. header[..length], .. body];
    }
}
