using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>CONNACK, DISCONNECT and AUTH (sections 3.2, 3.14 and 3.15).</summary>
internal static class SessionDecoder
{
    public static bool TryReadConnAck(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out ConnAckPacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.ConnAck);
        HeaderFlags.Check(ref reader, flags, PacketType.ConnAck, version);
        var acknowledgeFlags = reader.Byte("acknowledge flags");
        if (acknowledgeFlags > 1 && version != ProtocolVersion.V310)
        {
            // [MQTT-3.2.2-1]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.ConnAckFlags);
        }

        var code = reader.Byte("reason code");
        var reason = (ReasonCode)code;
        Properties? properties = null;
        if (version < ProtocolVersion.V500 || IsRefusalOfVersion(code, reader.AtEnd))
        {
            reason = ConnAckReturnCode.ToReason(code);
            if (reason == ReasonCode.ProtocolError)
            {
                reader.Fail(ReasonCode.ProtocolError, FindingCode.ConnAckCode, code);
            }
        }
        else
        {
            // [MQTT-3.2.2-8]
            ReasonCodes.Check(ref reader, reason, PacketType.ConnAck);
            properties = reader.Properties(PacketType.ConnAck);
        }

        reader.ExpectEnd();
        packet = new ConnAckPacket(reason, (acknowledgeFlags & 1) != 0, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadDisconnect(
        byte flags,
        ReadOnlySpan<byte> body,
        ProtocolVersion version,
        bool fromServer,
        out DisconnectPacket packet,
        out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.Disconnect);
        // [MQTT-3.14.1-1]
        HeaderFlags.Check(ref reader, flags, PacketType.Disconnect, version);
        var reason = ReasonCode.Success;
        Properties? properties = null;
        if (version == ProtocolVersion.V500 && !reader.AtEnd)
        {
            reason = (ReasonCode)reader.Byte("reason code");
            // [MQTT-3.14.2-1]
            ReasonCodes.Check(ref reader, reason, PacketType.Disconnect, fromServer);
            properties = reader.AtEnd ? null : reader.Properties(PacketType.Disconnect);
        }

        if (fromServer && properties?.SessionExpiryInterval is not null)
        {
            // [MQTT-3.14.2-2]
            reader.Fail(ReasonCode.ProtocolError, FindingCode.ServerExpiry);
        }

        reader.ExpectEnd();
        packet = new DisconnectPacket(reason, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadAuth(byte flags, ReadOnlySpan<byte> body, out AuthPacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.Auth);
        // [MQTT-3.15.1-1]
        HeaderFlags.Check(ref reader, flags, PacketType.Auth, ProtocolVersion.V500);
        var reason = ReasonCode.Success;
        Properties? properties = null;
        if (!reader.AtEnd)
        {
            reason = (ReasonCode)reader.Byte("reason code");
            // [MQTT-3.15.2-1]
            ReasonCodes.Check(ref reader, reason, PacketType.Auth);
            properties = reader.Properties(PacketType.Auth);
            if (properties?.AuthenticationMethod is null)
            {
                // Section 3.15.2.2.2
                reader.Fail(ReasonCode.ProtocolError, FindingCode.AuthNoMethod);
            }
        }

        reader.ExpectEnd();
        packet = new AuthPacket(reason, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    /// <summary>A server without MQTT 5.0 answers as 3.1.1: two bytes and the return code 1.</summary>
    private static bool IsRefusalOfVersion(byte code, bool atEnd) =>
        atEnd && code == ConnAckReturnCode.Of(ReasonCode.UnsupportedProtocolVersion);
}
