using System.Buffers.Binary;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// Takes fields from the body of a packet. The first thing that is wrong is kept as the error and everything after it
/// reads as empty, so a decoder reads all its fields and asks <see cref="Failed"/> once.
/// </summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body, PacketType packet)
{
    private ReadOnlySpan<byte> _rest = body;

    public bool Failed { get; private set; }

    public DecodeError Error { get; private set; }

    public readonly bool AtEnd => _rest.IsEmpty;

    public readonly int Remaining => _rest.Length;

    public byte Byte(string what)
    {
        var bytes = Take(1, what);
        return bytes.IsEmpty ? (byte)0 : bytes[0];
    }

    public ushort UInt16(string what)
    {
        var bytes = Take(2, what);
        return bytes.IsEmpty ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(bytes);
    }

    public ushort PacketId()
    {
        var id = UInt16("packet identifier");
        if (id == 0)
        {
            // [MQTT-2.2.1-3] [MQTT-2.3.1-1, 3.1.1]
            Fail(ReasonCode.ProtocolError, FindingCode.IdentifierZero, Words.Of(packet));
        }

        return id;
    }

    /// <summary>Length in two bytes, then the bytes.</summary>
    public ReadOnlySpan<byte> Binary(string what) => Take(UInt16(what), what);

    public ReadOnlySpan<byte> Utf8(string what)
    {
        var bytes = Binary(what);
        if (!MqttString.IsWellFormed(bytes))
        {
            // [MQTT-1.5.4-1] [MQTT-1.5.4-2]
            Fail(ReasonCode.MalformedPacket, FindingCode.FieldNotUtf8, what, Words.Of(packet));
            return default;
        }

        return bytes;
    }

    public string String(string what) => MqttString.Strict.GetString(Utf8(what));

    /// <summary>Null when the packet carries none.</summary>
    /// <param name="context">The packet, or <see cref="PropertyRule.Will"/>.</param>
    public Properties? Properties(PacketType context)
    {
        var walker = new PropertyWalker(PropertyBytes(context), context);
        var properties = PropertyDecoder.Read(ref walker);
        Adopt(in walker);
        return walker.Any && !Failed ? properties : null;
    }

    /// <summary>Validates properties that nobody asks for; does not allocate.</summary>
    public void SkipProperties()
    {
        var walker = new PropertyWalker(PropertyBytes(packet), packet);
        while (walker.MoveNext())
        {
        }

        Adopt(in walker);
    }

    public void ExpectEnd()
    {
        if (!AtEnd)
        {
            Fail(ReasonCode.MalformedPacket, FindingCode.GoesOn, Words.Of(packet), _rest.Length);
        }
    }

    /// <summary>Keeps the first error.</summary>
    public void Fail(ReasonCode reason, FindingCode code, params object[] parts) => Fail(new DecodeError(reason, code, parts));

    /// <inheritdoc cref="Fail(ReasonCode, FindingCode, object[])"/>
    public void Fail(in DecodeError error)
    {
        if (!Failed)
        {
            Failed = true;
            Error = error;
        }

        _rest = default;
    }

    private ReadOnlySpan<byte> PropertyBytes(PacketType context)
    {
        if (!VariableByteInteger.TryRead(_rest, out var length, out var lengthLength) || length > _rest.Length - lengthLength)
        {
            Fail(ReasonCode.MalformedPacket, context == PropertyRule.Will ? FindingCode.WillPropertiesCut : FindingCode.PropertiesCut, Words.Of(packet));
            return default;
        }

        _rest = _rest[lengthLength..];
        return Take((int)length, "properties");
    }

    private void Adopt(in PropertyWalker walker)
    {
        if (walker.Failed)
        {
            Fail(walker.Error);
        }
    }

    private ReadOnlySpan<byte> Take(int count, string what)
    {
        if (_rest.Length < count)
        {
            Fail(ReasonCode.MalformedPacket, FindingCode.FieldCut, Words.Of(packet), what);
            return default;
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
