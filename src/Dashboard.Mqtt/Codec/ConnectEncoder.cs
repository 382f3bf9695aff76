using System.Buffers;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>CONNECT (section 3.1) of all three versions.</summary>
internal static class ConnectEncoder
{
    public static void Write(IBufferWriter<byte> output, ConnectPacket packet)
    {
        var body = new PacketBody();
        body.String(packet.Version == ProtocolVersion.V310 ? "MQIsdp" : "MQTT");
        body.Byte((byte)packet.Version);
        body.Byte(Flags(packet));
        body.UInt16(packet.KeepAlive);
        if (packet.Version == ProtocolVersion.V500)
        {
            body.Properties(packet.Properties, PacketType.Connect);
        }

        // [MQTT-3.1.3-1]: client identifier, will, user name, password
        body.String(packet.ClientId);
        if (packet.Will is { } will)
        {
            if (packet.Version == ProtocolVersion.V500)
            {
                body.Properties(will.Properties, PropertyRule.Will);
            }

            body.String(will.Topic);
            body.Binary(will.Payload);
        }

        if (packet.UserName is not null)
        {
            body.String(packet.UserName);
        }

        if (packet.Password is not null)
        {
            body.Binary(packet.Password);
        }

        body.WriteTo(output, PacketType.Connect);
    }

    private static byte Flags(ConnectPacket packet)
    {
        var flags = packet.CleanStart ? 0x02 : 0;
        if (packet.Will is { } will)
        {
            flags |= 0x04 | (int)will.QoS << 3 | (will.Retain ? 0x20 : 0);
        }

        return (byte)(flags | (packet.Password is null ? 0 : 0x40) | (packet.UserName is null ? 0 : 0x80));
    }
}
