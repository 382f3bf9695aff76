using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Anatomy;

/// <summary>
/// A packet taken apart for the eye: every field with the bytes that it stands in. Unlike a decoder it judges nothing and
/// goes as far as it can; where a field is not whole, the rest is one field without a meaning.
/// </summary>
/// <param name="IsWhole">False when a field goes beyond the end of the packet, or of the bytes that are there.</param>
public sealed record PacketAnatomy(PacketType Type, IReadOnlyList<PacketField> Fields, bool IsWhole)
{
    /// <param name="packet">A packet from its first byte on; it may be cut off.</param>
    /// <param name="version">What its connection speaks; a CONNECT says so itself.</param>
    public static PacketAnatomy Of(ReadOnlySpan<byte> packet, ProtocolVersion version)
    {
        if (FixedHeader.TryRead(packet, out var header) != HeaderStatus.Complete)
        {
            return new PacketAnatomy(PacketType.Reserved, [], IsWhole: false);
        }

        var reader = new FieldReader(packet[..Math.Min(packet.Length, header.TotalLength)], version);
        reader.Add("Packet type", 0, 1, $"{Words.Of(header.Type)} ({(int)header.Type})");
        AddFlags(ref reader, header);
        reader.Add("Remaining length", 1, header.HeaderLength - 1, FieldReader.Number((uint)header.RemainingLength));
        reader.Begin(header.HeaderLength);
        AddBody(ref reader, header);
        reader.AddRest(isSecret: header.Type is PacketType.Connect or PacketType.Auth);
        return new PacketAnatomy(header.Type, reader.Fields, !reader.Failed && packet.Length >= header.TotalLength);
    }

    /// <summary>"Not authorized" of <c>NotAuthorized</c>.</summary>
    public static string Spaced(string name) => FieldReader.Spaced(name);

    /// <summary>The first field of a name, or null.</summary>
    public string? this[string name] => Fields.FirstOrDefault(field => field.Name == name)?.Value;

    private static void AddFlags(ref FieldReader reader, in FixedHeader header)
    {
        if (header.Type == PacketType.Publish)
        {
            reader.AddPart("DUP", 0, (header.Flags >> 3 & 1).ToString(FieldReader.Culture));
            reader.AddPart("QoS", 0, (header.Flags >> 1 & 3).ToString(FieldReader.Culture));
            reader.AddPart("RETAIN", 0, (header.Flags & 1).ToString(FieldReader.Culture));
        }
        else if (header.Flags != 0)
        {
            reader.AddPart("Flags", 0, $"0x{header.Flags:X1}");
        }
    }

    private static void AddBody(ref FieldReader reader, in FixedHeader header)
    {
        switch (header.Type)
        {
            case PacketType.Connect:
                ConnectFields.Add(ref reader);
                break;
            case PacketType.ConnAck:
                ConnectFields.AddAnswer(ref reader);
                break;
            case PacketType.Publish:
                AddPublish(ref reader, header);
                break;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                reader.UInt16("Packet identifier");
                reader.ReasonAndProperties();
                break;
            case PacketType.Subscribe or PacketType.Unsubscribe or PacketType.SubAck or PacketType.UnsubAck:
                SubscribeFields.Add(ref reader, header.Type);
                break;
            case PacketType.Disconnect or PacketType.Auth:
                reader.ReasonAndProperties();
                break;
        }
    }

    private static void AddPublish(ref FieldReader reader, in FixedHeader header)
    {
        reader.Text("Topic name");
        if ((header.Flags & 0x06) != 0)
        {
            reader.UInt16("Packet identifier");
        }

        reader.Properties();
        reader.Payload("Payload");
    }
}
