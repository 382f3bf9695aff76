using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Messages;

/// <summary>
/// The encoded heads of the message that is being routed, and the buffers they live in. One belongs to each publishing
/// connection and is reused for every message, so nothing is allocated in steady state.
/// </summary>
internal sealed class PublishEncodings
{
    /// <summary>MQTT 3.x and 5.0, three QoS, retain flag off and on.</summary>
    private const int Variants = 12;

    private readonly Variant?[] _variants = new Variant?[Variants];
    private readonly Variant _withIds = new();
    private byte[] _properties = [];
    private byte[] _propertiesWithIds = [];
    private int _made;

    public void Clear() => _made = 0;

    public Span<byte> RentProperties(int length)
    {
        Grow(ref _properties, length);
        return _properties.AsSpan(0, length);
    }

    public Span<byte> Get(ProtocolVersion version, ReadOnlySpan<byte> topic, QualityOfService qos, bool retain, ReadOnlySpan<byte> properties, int payloadLength, out int packetIdOffset)
    {
        var index = (version == ProtocolVersion.V500 ? 6 : 0) + ((int)qos * 2) + (retain ? 1 : 0);
        var variant = _variants[index] ??= new Variant();
        if ((_made & (1 << index)) == 0)
        {
            variant.Write(version, topic, qos, retain, properties, payloadLength);
            _made |= 1 << index;
        }

        packetIdOffset = variant.PacketIdOffset;
        return variant.Head;
    }

    /// <summary>A head with the receiver's own subscription identifiers in front of the publisher's properties [MQTT-3.3.4-3].</summary>
    public Span<byte> GetWithIds(ReadOnlySpan<byte> topic, QualityOfService qos, bool retain, uint[] ids, ReadOnlySpan<byte> properties, int payloadLength, out int packetIdOffset)
    {
        Grow(ref _propertiesWithIds, properties.Length + (ids.Length * 5));
        var length = PublishWriter.WriteSubscriptionIds(_propertiesWithIds, ids);
        properties.CopyTo(_propertiesWithIds.AsSpan(length));
        _withIds.Write(ProtocolVersion.V500, topic, qos, retain, _propertiesWithIds.AsSpan(0, length + properties.Length), payloadLength);
        packetIdOffset = _withIds.PacketIdOffset;
        return _withIds.Head;
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[Math.Max(length, buffer.Length * 2)];
        }
    }

    private sealed class Variant
    {
        private byte[] _bytes = [];
        private int _length;

        public int PacketIdOffset { get; private set; }

        public Span<byte> Head => _bytes.AsSpan(0, _length);

        public void Write(ProtocolVersion version, ReadOnlySpan<byte> topic, QualityOfService qos, bool retain, ReadOnlySpan<byte> properties, int payloadLength)
        {
            Grow(ref _bytes, PublishWriter.MaxHeadLength(topic.Length, properties.Length));
            // DUP is never the publisher's [MQTT-3.3.1-3], and 0 the first time [MQTT-3.3.1-2] [MQTT-4.3.1-1] [MQTT-4.3.2-2] [MQTT-4.3.3-2].
            _length = PublishWriter.WriteHead(_bytes, version, topic, qos, retain, dup: false, packetId: 0, properties, payloadLength, out var offset);
            PacketIdOffset = offset;
        }
    }
}
