using System.Buffers.Binary;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// Makes of the head of an MQTT 5.0 PUBLISH, which many receivers share, one for a receiver that takes topic aliases: with
/// the alias as its first property, and with the topic or without (section 3.3.2.3.4).
/// </summary>
public static class PublishAliasWriter
{
    private const int PropertyLength = 3;

    /// <summary>Bytes that <see cref="Write"/> may need at most: the property, and one more for each of two lengths.</summary>
    public static int MaxLength(ReadOnlySpan<byte> head) => head.Length + PropertyLength + 2;

    public static ReadOnlySpan<byte> TopicOf(ReadOnlySpan<byte> head)
    {
        VariableByteInteger.TryRead(head[1..], out _, out var length);
        return head.Slice(1 + length + 2, BinaryPrimitives.ReadUInt16BigEndian(head[(1 + length)..]));
    }

    /// <param name="head">As <see cref="PublishWriter.WriteHead"/> made it, with its packet identifier.</param>
    /// <returns>The length of the new head in bytes.</returns>
    public static int Write(Span<byte> destination, ReadOnlySpan<byte> head, ushort alias, bool withTopic)
    {
        VariableByteInteger.TryRead(head[1..], out var remaining, out var length);
        var topicLength = TopicOf(head).Length;
        var topicAt = 1 + length + 2;
        var propertiesAt = topicAt + topicLength + ((head[0] & 0x06) == 0 ? 0 : 2); // a packet identifier at QoS 1 and 2
        VariableByteInteger.TryRead(head[propertiesAt..], out var properties, out var propertiesLength);
        var longer = PropertyLength + VariableByteInteger.Length(properties + PropertyLength) - propertiesLength;

        destination[0] = head[0];
        var at = 1 + VariableByteInteger.Write(destination[1..], (uint)(remaining + longer - (withTopic ? 0 : topicLength)));
        BinaryPrimitives.WriteUInt16BigEndian(destination[at..], (ushort)(withTopic ? topicLength : 0));
        at += 2;
        at += Copy(head[(withTopic ? topicAt : topicAt + topicLength)..propertiesAt], destination[at..]);
        at += VariableByteInteger.Write(destination[at..], properties + PropertyLength);
        destination[at] = (byte)PropertyId.TopicAlias;
        BinaryPrimitives.WriteUInt16BigEndian(destination[(at + 1)..], alias);
        at += PropertyLength;
        return at + Copy(head[(propertiesAt + propertiesLength)..], destination[at..]);
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        source.CopyTo(destination);
        return source.Length;
    }
}
