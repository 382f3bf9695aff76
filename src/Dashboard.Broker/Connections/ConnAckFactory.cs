using System.Buffers;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>The properties of a successful CONNACK: only what differs from what a client may assume (section 3.2.2.3), and no response information [MQTT-3.1.2-28].</summary>
internal static class ConnAckFactory
{
    public static Properties? For(ConnectPacket connect, string clientId, ushort keepAlive, BrokerOptions options)
    {
        if (connect.Version != ProtocolVersion.V500)
        {
            return null;
        }

        var asked = connect.Properties?.SessionExpiryInterval ?? 0;
        return new Properties
        {
            AssignedClientIdentifier = connect.ClientId.Length == 0 ? clientId : null, // [MQTT-3.1.3-7]
            ServerKeepAlive = keepAlive == connect.KeepAlive ? null : keepAlive, // [MQTT-3.1.2-21]
            SessionExpiryInterval = asked > options.MaxSessionExpiry ? options.MaxSessionExpiry : null,
            ReceiveMaximum = options.ReceiveMaximum == ushort.MaxValue ? null : (ushort)options.ReceiveMaximum,
            MaximumPacketSize = (uint)options.MaxPacketSize,
            TopicAliasMaximum = options.TopicAliasMaximum == 0 ? null : (ushort)options.TopicAliasMaximum,
        };
    }

    /// <summary>
    /// Leaves out what a client can do without until the CONNACK is not larger than it may be: it then uses no topic
    /// aliases, and learns with a DISCONNECT what the largest packet is. The rest it has to know [MQTT-3.1.3-7] [MQTT-3.1.2-21].
    /// </summary>
    /// <returns>False when even so the client cannot be answered.</returns>
    public static bool TryFit(Properties answer, long maximumPacketSize)
    {
        if (LengthOf(answer) > maximumPacketSize)
        {
            answer.TopicAliasMaximum = null;
        }

        if (LengthOf(answer) > maximumPacketSize)
        {
            answer.MaximumPacketSize = null;
        }

        return LengthOf(answer) <= maximumPacketSize;
    }

    private static int LengthOf(Properties answer)
    {
        var output = new ArrayBufferWriter<byte>(64);
        PacketEncoder.Write(output, ProtocolVersion.V500, new ConnAckPacket(ReasonCode.Success, SessionPresent: false, answer));
        return output.WrittenCount;
    }
}
