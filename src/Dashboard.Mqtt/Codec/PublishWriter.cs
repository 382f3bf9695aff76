using System.Buffers.Binary;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// Writes everything of a PUBLISH that stands before its payload. The payload follows as it is, so a message for a
/// thousand receivers is encoded once and only its packet identifier is patched.
/// </summary>
public static class PublishWriter
{
    /// <summary>Bytes that <see cref="WriteHead"/> may need at most for these lengths.</summary>
    public static int MaxHeadLength(int topicLength, int propertiesLength) => 5 + 2 + topicLength + 2 + 4 + propertiesLength;

    /// <summary>
    /// Writes fixed header, topic, packet identifier and (MQTT 5.0) properties to <paramref name="destination"/>.
    /// </summary>
    /// <param name="properties">Encoded properties without their length; ignored before MQTT 5.0.</param>
    /// <param name="packetIdOffset">Where the packet identifier stands; -1 at QoS 0.</param>
    /// <returns>The length of the head in bytes.</returns>
    public static int WriteHead(
        Span<byte> destination,
        ProtocolVersion version,
        ReadOnlySpan<byte> topic,
        QualityOfService qos,
        bool retain,
        bool dup,
        ushort packetId,
        ReadOnlySpan<byte> properties,
        int payloadLength,
        out int packetIdOffset)
    {
        var remaining = 2 + topic.Length + payloadLength;
        if (qos > 0)
        {
            remaining += 2;
        }

        if (version == ProtocolVersion.V500)
        {
            remaining += VariableByteInteger.Length((uint)properties.Length) + properties.Length;
        }

        destination[0] = (byte)(((int)PacketType.Publish << 4) | (dup ? 8 : 0) | ((int)qos << 1) | (retain ? 1 : 0));
        var at = 1 + VariableByteInteger.Write(destination[1..], (uint)remaining);
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)topic.Length);
        at += 2;
        topic.CopyTo(destination[at..]);
        at += topic.Length;

        packetIdOffset = -1;
        if (qos > 0) // [MQTT-2.2.1-2] [MQTT-2.3.1-5, 3.1.1]
        {
            packetIdOffset = at;
            BinaryPrimitives.WriteUInt16BigEndian(destination[at..], packetId);
            at += 2;
        }

        if (version == ProtocolVersion.V500)
        {
            at += VariableByteInteger.Write(destination[at..], (uint)properties.Length); // 0 when there are none [MQTT-2.2.2-1]
            properties.CopyTo(destination[at..]);
            at += properties.Length;
        }

        return at;
    }

    /// <summary>Writes subscription identifier properties, at most five bytes each, and returns the bytes written.</summary>
    public static int WriteSubscriptionIds(Span<byte> destination, ReadOnlySpan<uint> ids)
    {
        var at = 0;
        foreach (var id in ids)
        {
            destination[at++] = (byte)PropertyId.SubscriptionIdentifier;
            at += VariableByteInteger.Write(destination[at..], id);
        }

        return at;
    }
}
