using System.Buffers.Binary;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Codec;

/// <summary>CONNECT (section 3.1) of all three versions.</summary>
internal static class ConnectDecoder
{
    private const int UserNameFlag = 0x80;
    private const int PasswordFlag = 0x40;
    private const int WillRetainFlag = 0x20;
    private const int WillFlag = 0x04;
    private const int CleanStartFlag = 0x02;
    private const int ReservedFlag = 0x01;

    /// <summary>Bridges set this bit of the level to introduce themselves; it says nothing about the version.</summary>
    private const int BridgeBit = 0x80;

    public static bool TryRead(ReadOnlySpan<byte> body, out ConnectPacket packet, out DecodeError error)
    {
        packet = null!;
        var reader = new PacketReader(body, PacketType.Connect);
        var version = ReadVersion(ref reader);
        var flags = (int)reader.Byte("connect flags");
        CheckFlags(ref reader, flags, version);

        var keepAlive = reader.UInt16("keep alive");
        var properties = version == ProtocolVersion.V500 ? reader.Properties(PacketType.Connect) : null;
        if (properties is { AuthenticationData: not null, AuthenticationMethod: null })
        {
            // Section 3.1.2.11.10
            reader.Fail(ReasonCode.ProtocolError, FindingCode.ConnectAuthData);
        }

        // The payload in its order [MQTT-3.1.3-1]; any string is a client identifier [MQTT-3.1.3-3] [MQTT-3.1.3-4] [MQTT-3.1.3-5].
        var clientId = reader.String("client identifier");
        if (clientId.Length == 0 && version < ProtocolVersion.V500 && (flags & CleanStartFlag) == 0)
        {
            // [MQTT-3.1.3-8, 3.1.1]
            reader.Fail(ReasonCode.ClientIdentifierNotValid, FindingCode.ConnectEmptyId);
        }

        var will = (flags & WillFlag) != 0 ? ReadWill(ref reader, flags, version) : null; // [MQTT-3.1.2-9] [MQTT-3.1.2-11, 3.1.1]
        var userName = HasField(UserNameFlag, in reader) ? reader.String("user name") : null; // [MQTT-3.1.2-16] [MQTT-3.1.2-17] [MQTT-3.1.3-12] [MQTT-3.1.2-18, 3.1.1] [MQTT-3.1.2-19, 3.1.1] [MQTT-3.1.3-11, 3.1.1]
        var password = HasField(PasswordFlag, in reader) ? reader.Binary("password").ToArray() : null; // [MQTT-3.1.2-18] [MQTT-3.1.2-19] [MQTT-3.1.2-20, 3.1.1] [MQTT-3.1.2-21, 3.1.1]
        reader.ExpectEnd();

        error = reader.Error;
        if (reader.Failed)
        {
            return false;
        }

        packet = new ConnectPacket
        {
            Version = version,
            ClientId = clientId,
            CleanStart = (flags & CleanStartFlag) != 0,
            KeepAlive = keepAlive,
            UserName = userName,
            Password = password,
            Will = will,
            Properties = properties,
        };
        return true;

        // In MQTT 3.1 the length of the packet takes precedence over the flags.
        bool HasField(int flag, in PacketReader at) => (flags & flag) != 0 && !(version == ProtocolVersion.V310 && at.AtEnd);
    }

    public static ProtocolVersion GuessVersion(ReadOnlySpan<byte> connectBody)
    {
        if (connectBody.Length < 2)
        {
            return ProtocolVersion.V311;
        }

        var levelAt = 2 + BinaryPrimitives.ReadUInt16BigEndian(connectBody);
        var level = levelAt < connectBody.Length ? connectBody[levelAt] & ~BridgeBit : (int)ProtocolVersion.V311;
        return level switch
        {
            >= (int)ProtocolVersion.V500 => ProtocolVersion.V500,
            (int)ProtocolVersion.V310 => ProtocolVersion.V310,
            _ => ProtocolVersion.V311,
        };
    }

    private static ProtocolVersion ReadVersion(ref PacketReader reader)
    {
        var name = reader.Utf8("protocol name");
        var level = reader.Byte("protocol level");
        var known = level == (int)ProtocolVersion.V310
            ? name.SequenceEqual("MQIsdp"u8)
            : level is (int)ProtocolVersion.V311 or (int)ProtocolVersion.V500 && name.SequenceEqual("MQTT"u8);
        if (!known)
        {
            // [MQTT-3.1.2-1] [MQTT-3.1.2-2]
            reader.Fail(
                ReasonCode.UnsupportedProtocolVersion,
                FindingCode.ProtocolLevel,
                level);
        }

        return (ProtocolVersion)level;
    }

    private static void CheckFlags(ref PacketReader reader, int flags, ProtocolVersion version)
    {
        if (WillQoS(flags) == 3)
        {
            // [MQTT-3.1.2-12] [MQTT-3.1.2-14, 3.1.1]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.WillQoS);
        }

        if (version == ProtocolVersion.V310)
        {
            // MQTT 3.1 has none of the rules that follow.
            return;
        }

        if ((flags & ReservedFlag) != 0)
        {
            // [MQTT-3.1.2-3]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.ConnectReserved);
        }

        if ((flags & WillFlag) == 0 && (WillQoS(flags) != 0 || (flags & WillRetainFlag) != 0))
        {
            // [MQTT-3.1.2-11] [MQTT-3.1.2-13] [MQTT-3.1.2-11, 3.1.1] [MQTT-3.1.2-13, 3.1.1] [MQTT-3.1.2-15, 3.1.1]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.WillFlags);
        }

        if (version == ProtocolVersion.V311 && (flags & PasswordFlag) != 0 && (flags & UserNameFlag) == 0)
        {
            // [MQTT-3.1.2-22, 3.1.1]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.ConnectPassword);
        }
    }

    private static WillMessage ReadWill(ref PacketReader reader, int flags, ProtocolVersion version)
    {
        var properties = version == ProtocolVersion.V500 ? reader.Properties(PropertyRule.Will) : null;
        var topic = reader.Utf8("will topic"); // [MQTT-3.1.3-11] [MQTT-3.1.3-10, 3.1.1]
        if (!reader.Failed && !TopicName.IsValid(topic))
        {
            var why = TopicName.Explain(topic);
            reader.Fail(why.Reason, FindingCode.WillTopic, why.Finding);
        }

        if (properties?.ResponseTopic is { } responseTopic && !TopicName.IsValid(responseTopic))
        {
            // [MQTT-3.3.2-14], for the PUBLISH that the will becomes
            reader.Fail(ReasonCode.TopicNameInvalid, FindingCode.WillResponseTopic);
        }

        var payload = reader.Binary("will payload").ToArray();
        return new WillMessage(
            MqttString.Strict.GetString(topic),
            payload,
            (QualityOfService)WillQoS(flags),
            (flags & WillRetainFlag) != 0,
            properties);
    }

    private static int WillQoS(int flags) => flags >> 3 & 3;
}
