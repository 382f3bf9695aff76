using System.Buffers;
using System.Buffers.Binary;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>Collects what follows a fixed header, so that its length is known when the header is written.</summary>
internal sealed class PacketBody
{
    private readonly ArrayBufferWriter<byte> _bytes = new(64);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    public void UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.GetSpan(2), value);
        _bytes.Advance(2);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.GetSpan(4), value);
        _bytes.Advance(4);
    }

    public void VariableByteInteger(uint value) =>
        _bytes.Advance(Codec.VariableByteInteger.Write(_bytes.GetSpan(4), value));

    /// <summary>Length in two bytes, then the bytes.</summary>
    public void Binary(ReadOnlySpan<byte> value)
    {
        if (value.Length > ushort.MaxValue)
        {
            throw new ArgumentException($"{value.Length} bytes do not fit; MQTT strings and binary data end at 65,535 bytes", nameof(value));
        }

        UInt16((ushort)value.Length);
        _bytes.Write(value);
    }

    public void String(string value) => Binary(MqttString.Strict.GetBytes(value));

    /// <summary>Length as a variable byte integer, then the properties.</summary>
    public void Properties(Properties? properties, PacketType packet)
    {
        var encoded = PropertyEncoder.Encode(properties, packet);
        VariableByteInteger((uint)encoded.Length); // 0 when there are none [MQTT-2.2.2-1]
        _bytes.Write(encoded);
    }

    /// <summary>Writes the whole packet: the fixed header and this body.</summary>
    public void WriteTo(IBufferWriter<byte> output, PacketType type, byte flags = 0)
    {
        var header = output.GetSpan(5);
        header[0] = (byte)((int)type << 4 | flags);
        output.Advance(1 + Codec.VariableByteInteger.Write(header[1..], (uint)Written.Length));
        output.Write(Written);
    }
}
