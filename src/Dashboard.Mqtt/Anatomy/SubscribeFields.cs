using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Anatomy;

/// <summary>SUBSCRIBE, UNSUBSCRIBE and their answers (sections 3.8 to 3.11).</summary>
internal static class SubscribeFields
{
    public static void Add(ref FieldReader reader, PacketType type)
    {
        reader.UInt16("Packet identifier");
        reader.Properties();
        while (!reader.AtEnd && !(type == PacketType.UnsubAck && reader.Version != ProtocolVersion.V500))
        {
            switch (type)
            {
                case PacketType.Subscribe:
                    reader.Text("Topic filter");
                    AddOptions(ref reader);
                    break;
                case PacketType.Unsubscribe:
                    reader.Text("Topic filter");
                    break;
                default:
                    reader.Reason(isGrant: type == PacketType.SubAck);
                    break;
            }
        }
    }

    private static void AddOptions(ref FieldReader reader)
    {
        if (reader.AtEnd)
        {
            return;
        }

        reader.Byte("Subscription options", asHex: true);
        reader.LastByteAsPart("QoS", 0, 3);
        if (reader.Version == ProtocolVersion.V500)
        {
            reader.LastByteAsPart("No local", 2, 1);
            reader.LastByteAsPart("Retain as published", 3, 1);
            reader.LastByteAsPart("Retain handling", 4, 3);
        }
    }
}
