using System.Buffers.Binary;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// A PUBLISH (section 3.3) seen in the network buffer: nothing is copied and nothing is allocated, and it must not be
/// kept beyond the buffer. The topic is validated as UTF-8 without wildcards; the properties are validated as a whole.
/// </summary>
public readonly ref struct PublishView
{
    private PublishView(byte flags, ReadOnlySpan<byte> topic, ushort packetId, PublishProperties properties, ReadOnlySpan<byte> payload)
    {
        Flags = flags;
        Topic = topic;
        PacketId = packetId;
        Properties = properties;
        Payload = payload;
    }

    public byte Flags { get; }

    /// <summary>UTF-8; empty only in MQTT 5.0 when a topic alias stands for it.</summary>
    public ReadOnlySpan<byte> Topic { get; }

    /// <summary>1 to 65,535; 0 at QoS 0.</summary>
    public ushort PacketId { get; }

    public PublishProperties Properties { get; }

    public ReadOnlySpan<byte> Payload { get; }

    public QualityOfService QoS => (QualityOfService)((Flags >> 1) & 3);

    public bool Retain => (Flags & 1) != 0;

    public bool Dup => (Flags & 8) != 0;

    /// <summary>Reads the variable header and payload that follow a fixed header with <paramref name="flags"/>.</summary>
    /// <param name="fromServer">Only a server may send subscription identifiers.</param>
    public static bool TryRead(
        byte flags,
        ReadOnlySpan<byte> body,
        ProtocolVersion version,
        out PublishView view,
        out DecodeError error,
        bool fromServer = false)
    {
        view = default;
        var qos = (flags >> 1) & 3;
        if (qos == 3)
        {
            // [MQTT-3.3.1-4]
            error = new DecodeError(ReasonCode.MalformedPacket, FindingCode.PublishQoS);
            return false;
        }

        if (qos == 0 && (flags & 8) != 0)
        {
            // [MQTT-3.3.1-2]
            error = new DecodeError(ReasonCode.MalformedPacket, FindingCode.PublishDup);
            return false;
        }

        if (body.Length < 2 || body.Length < 2 + BinaryPrimitives.ReadUInt16BigEndian(body))
        {
            error = new DecodeError(ReasonCode.MalformedPacket, FindingCode.FieldCut, Words.Of(PacketType.Publish), "topic name");
            return false;
        }

        var topic = body.Slice(2, BinaryPrimitives.ReadUInt16BigEndian(body));
        var rest = body[(2 + topic.Length)..];
        if (!Topics.TopicName.IsValid(topic) && !(topic.IsEmpty && version == ProtocolVersion.V500))
        {
            // [MQTT-3.3.2-1] [MQTT-3.3.2-2] [MQTT-1.5.4-1] [MQTT-1.5.4-2]
            error = Topics.TopicName.Explain(topic);
            return false;
        }

        ushort packetId = 0;
        if (qos > 0)
        {
            if (rest.Length < 2)
            {
                error = new DecodeError(ReasonCode.MalformedPacket, FindingCode.FieldCut, Words.Of(PacketType.Publish), "packet identifier");
                return false;
            }

            packetId = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[2..];
            if (packetId == 0)
            {
                // [MQTT-2.2.1-3] [MQTT-2.3.1-1, 3.1.1]
                error = new DecodeError(ReasonCode.ProtocolError, FindingCode.IdentifierZero, Words.Of(PacketType.Publish));
                return false;
            }
        }

        var properties = default(PublishProperties);
        if (version == ProtocolVersion.V500)
        {
            if (!PublishProperties.TryRead(rest, out properties, out var consumed, out error, fromServer))
            {
                return false;
            }

            if (topic.IsEmpty && properties.TopicAlias == 0)
            {
                // [MQTT-3.3.2-8] and section 3.3.2.1
                error = new DecodeError(ReasonCode.ProtocolError, FindingCode.PublishNoTopic);
                return false;
            }

            rest = rest[consumed..];
        }

        view = new PublishView(flags, topic, packetId, properties, rest);
        error = default;
        return true;
    }
}
