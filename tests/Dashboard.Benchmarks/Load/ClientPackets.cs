using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Benchmarks.Load;

/// <summary>Packets that are encoded once, before anything is measured.</summary>
internal static class ClientPackets
{
    public static readonly byte[] Disconnect = [0xE0, 0];

    public static byte[] Connect(string clientId, bool isDurable = false)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, new ConnectPacket { Version = ProtocolVersion.V311, ClientId = clientId, CleanStart = !isDurable, KeepAlive = 0 });
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Subscribe(IEnumerable<string> filters, int qos)
    {
        var output = new ArrayBufferWriter<byte>();
        var requests = filters.Select(filter => new SubscriptionRequest(filter, (QualityOfService)qos)).ToArray();
        PacketEncoder.Write(output, ProtocolVersion.V311, new SubscribePacket(1, requests));
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Publish(string topic, int qos, ReadOnlySpan<byte> payload, bool retain, out int packetIdAt, out int payloadAt)
    {
        var name = Encoding.UTF8.GetBytes(topic);
        var head = new byte[PublishWriter.MaxHeadLength(name.Length, 0)];
        payloadAt = PublishWriter.WriteHead(head, ProtocolVersion.V311, name, (QualityOfService)qos, retain, dup: false, packetId: 1, [], payload.Length, out packetIdAt);
        return [.. head.AsSpan(0, payloadAt), .. payload];
    }

    public static void Acknowledge(Span<byte> packet, byte first, ReadOnlySpan<byte> packetId)
    {
        packet[0] = first;
        packet[1] = 2;
        packetId.CopyTo(packet[2..]);
    }

    public static void Stamp(Span<byte> payload, long time, int publisher, uint number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(payload, time);
        if (payload.Length >= Arrivals.FullStamp)
        {
            BinaryPrimitives.WriteInt32LittleEndian(payload[8..], publisher);
            BinaryPrimitives.WriteUInt32LittleEndian(payload[12..], number);
        }
    }
}
