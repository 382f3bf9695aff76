using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

/// <summary>Reads any packet the way a server's read loop does.</summary>
internal static class ServerSide
{
    private static readonly DecodeError Malformed = new(ReasonCode.MalformedPacket, FindingCode.Unexpected, "packet");
    private static readonly DecodeError Unexpected = new(ReasonCode.ProtocolError, FindingCode.Unexpected, "packet");

    /// <summary>Null while more bytes are needed.</summary>
    public static bool? TryRead(ReadOnlySpan<byte> bytes, ProtocolVersion version, out DecodeError error)
    {
        error = default;
        var status = FixedHeader.TryRead(bytes, out var header);
        if (status == HeaderStatus.NeedMore)
        {
            return null;
        }

        if (status == HeaderStatus.Malformed || (version == ProtocolVersion.V500 && !header.UsesFewestBytes))
        {
            error = Malformed;
            return false;
        }

        if (bytes.Length < header.TotalLength)
        {
            return null;
        }

        return TryReadBody(header, bytes.Slice(header.HeaderLength, header.RemainingLength), version, out error);
    }

    private static bool TryReadBody(FixedHeader header, ReadOnlySpan<byte> body, ProtocolVersion version, out DecodeError error)
    {
        switch (header.Type)
        {
            case PacketType.Connect when HeaderFlags.AreValid(header.Type, header.Flags, version):
                return PacketDecoder.TryReadConnect(body, out _, out error);
            case PacketType.Publish:
                return PublishView.TryRead(header.Flags, body, version, out _, out error);
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return PacketDecoder.TryReadAck(header.First, body, version, out _, out error);
            case PacketType.Subscribe:
                return PacketDecoder.TryReadSubscribe(header.Flags, body, version, out _, out error);
            case PacketType.Unsubscribe:
                return PacketDecoder.TryReadUnsubscribe(header.Flags, body, version, out _, out error);
            case PacketType.Disconnect:
                return PacketDecoder.TryReadDisconnect(header.Flags, body, version, out _, out error);
            case PacketType.Auth when version == ProtocolVersion.V500:
                return PacketDecoder.TryReadAuth(header.Flags, body, out _, out error);
            case PacketType.PingReq when HeaderFlags.AreValid(header.Type, header.Flags, version) && body.IsEmpty:
                error = default;
                return true;
            case PacketType.ConnAck or PacketType.SubAck or PacketType.UnsubAck or PacketType.PingResp:
                error = Unexpected;
                return false;
            default:
                error = Malformed;
                return false;
        }
    }
}
