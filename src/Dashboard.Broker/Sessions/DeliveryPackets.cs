using System.Buffers.Binary;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>The packets of <see cref="ReliableDelivery"/>.</summary>
internal static class DeliveryPackets
{
    /// <returns>False when the packet is larger than the client accepts.</returns>
    public static bool SendPublish(IClientConnection connection, ushort packetId, in OutboundMessage outbound, bool dup, DeliveryBatch batch)
    {
        var message = outbound.Message;
        var properties = message.PropertiesAt(batch.Now);
        batch.Encodings.Clear();
        var head = outbound.SubscriptionIds is null || connection.Version != ProtocolVersion.V500
            ? batch.Encodings.Get(connection.Version, message.Topic.Utf8, outbound.QoS, outbound.Retain, properties, message.Payload.Length, out var packetIdOffset)
            : batch.Encodings.GetWithIds(message.Topic.Utf8, outbound.QoS, outbound.Retain, outbound.SubscriptionIds, properties, message.Payload.Length, out packetIdOffset);
        if (head.Length + message.Payload.Length > connection.MaximumPacketSize)
        {
            return false; // [MQTT-3.1.2-25]
        }

        if (packetIdOffset >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[packetIdOffset..], packetId);
        }

        if (dup)
        {
            head[0] |= 0x08;
        }

        connection.Send(head, message.Payload, batch);
        return true;
    }

    public static void SendPubRel(IClientConnection connection, ushort packetId, DeliveryBatch batch)
    {
        Span<byte> packet = stackalloc byte[AckWriter.MaxLength];
        var length = AckWriter.Write(packet, PacketType.PubRel, packetId, ReasonCode.Success, connection.Version);
        connection.Send(packet[..length], default, batch);
    }
}
