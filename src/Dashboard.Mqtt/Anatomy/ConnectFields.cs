using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Anatomy;

/// <summary>CONNECT and CONNACK (sections 3.1 and 3.2).</summary>
internal static class ConnectFields
{
    public static void Add(ref FieldReader reader)
    {
        reader.Text("Protocol name");
        var version = reader.Byte("Protocol version");
        reader.Version = (version & 0x7F) >= 5 ? ProtocolVersion.V500 : (version & 0x7F) == 3 ? ProtocolVersion.V310 : ProtocolVersion.V311;
        var flags = AddFlags(ref reader);
        reader.UInt16("Keep alive");
        reader.Properties();
        reader.Text("Client identifier");
        if ((flags & 0x04) != 0)
        {
            reader.Properties("Will properties");
            reader.Text("Will topic");
            reader.Binary("Will payload");
        }

        if ((flags & 0x80) != 0)
        {
            reader.Text("User name");
        }

        if ((flags & 0x40) != 0)
        {
            reader.Secret("Password");
        }
    }

    public static void AddAnswer(ref FieldReader reader)
    {
        reader.Byte("Connect acknowledge flags");
        reader.LastByteAsPart("Session present", 0, 1);
        if (reader.Version == ProtocolVersion.V500)
        {
            reader.ReasonAndProperties();
            return;
        }

        var at = reader.Position;
        if (reader.TryTakeByte(out var code))
        {
            reader.Add("Return code", at, 1, $"{code} {FieldReader.Spaced(ConnAckReturnCode.ToReason(code).ToString())}");
        }
    }

    private static byte AddFlags(ref FieldReader reader)
    {
        var flags = reader.Byte("Connect flags", asHex: true);
        reader.LastByteAsPart("User name flag", 7, 1);
        reader.LastByteAsPart("Password flag", 6, 1);
        reader.LastByteAsPart("Will retain", 5, 1);
        reader.LastByteAsPart("Will QoS", 3, 3);
        reader.LastByteAsPart("Will flag", 2, 1);
        reader.LastByteAsPart(reader.Version == ProtocolVersion.V500 ? "Clean start" : "Clean session", 1, 1);
        return flags;
    }
}
