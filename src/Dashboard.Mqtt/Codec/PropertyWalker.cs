using System.Buffers.Binary;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// Goes through the properties of one packet (MQTT 5.0, section 2.2.2) and validates each as it comes to it, without
/// allocating as long as they are valid. After <see cref="MoveNext"/> has returned false, ask <see cref="Failed"/>.
/// </summary>
internal ref struct PropertyWalker
{
    private readonly ReadOnlySpan<byte> _raw;
    private readonly PacketType _packet;
    private int _next;
    private ulong _seen;    // bit n: the property with identifier n

    /// <param name="raw">The properties without their length.</param>
    /// <param name="packet">The packet that carries them, or <see cref="PropertyRule.Will"/>.</param>
    public PropertyWalker(ReadOnlySpan<byte> raw, PacketType packet)
    {
        _raw = raw;
        _packet = packet;
    }

    public PropertyId Id { get; private set; }

    /// <summary>Where the identifier stands in the raw bytes.</summary>
    public int Start { get; private set; }

    public readonly byte Byte => (byte)UInt32;

    public readonly ushort UInt16 => (ushort)UInt32;

    /// <summary>The value of any number.</summary>
    public uint UInt32 { get; private set; }

    /// <summary>The value of a string (UTF-8) or of binary data.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The name of a user property (UTF-8).</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value of a user property (UTF-8).</summary>
    public readonly ReadOnlySpan<byte> Value => Bytes;

    /// <summary>Whether there was a property at all.</summary>
    public readonly bool Any => _seen != 0;

    public bool Failed { get; private set; }

    public DecodeError Error { get; private set; }

    public bool MoveNext()
    {
        if (Failed || _next >= _raw.Length)
        {
            return false;
        }

        Start = _next;
        Id = (PropertyId)_raw[_next++];
        var rule = PropertyRule.Of(Id);
        if (rule.Type == PropertyType.Unknown)
        {
            // Section 2.2.2.2, as for a property that the packet may not carry.
            return Fail(ReasonCode.MalformedPacket, FindingCode.PropertyUnknown, Words.Part(_packet), $"0x{(byte)Id:X2}");
        }

        if (!rule.Allows(_packet))
        {
            return Fail(ReasonCode.MalformedPacket, FindingCode.PropertyNotHere, Words.Part(_packet), Words.Of(Id));
        }

        return IsFirst() && ReadValue(rule.Type) && IsInRange(rule.Type);
    }

    private bool IsFirst()
    {
        var bit = 1UL << (int)Id;
        var first = (_seen & bit) == 0;
        _seen |= bit;

        // A PUBLISH has the identifiers of all the subscriptions that it matches [MQTT-3.3.4-3].
        var mayRepeat = Id == PropertyId.UserProperty || (Id == PropertyId.SubscriptionIdentifier && _packet == PacketType.Publish);
        return first || mayRepeat
            || Fail(ReasonCode.ProtocolError, FindingCode.PropertyTwice, Words.Part(_packet), Words.Of(Id));
    }

    private bool ReadValue(PropertyType type)
    {
        var rest = _raw[_next..];
        switch (type)
        {
            case PropertyType.Byte when rest.Length >= 1:
                UInt32 = rest[0];
                _next += 1;
                return true;
            case PropertyType.UInt16 when rest.Length >= 2:
                UInt32 = BinaryPrimitives.ReadUInt16BigEndian(rest);
                _next += 2;
                return true;
            case PropertyType.UInt32 when rest.Length >= 4:
                UInt32 = BinaryPrimitives.ReadUInt32BigEndian(rest);
                _next += 4;
                return true;
            case PropertyType.VariableByteInteger when VariableByteInteger.TryRead(rest, out var value, out var length):
                UInt32 = value;
                _next += length;
                return true;
            case PropertyType.Binary when TryReadBytes(out var binary):
                Bytes = binary;
                return true;
            case PropertyType.String when TryReadBytes(out var text):
                Bytes = text;
                return IsWellFormed(text); // [MQTT-3.3.2-13] [MQTT-3.3.2-19]
            case PropertyType.StringPair when TryReadBytes(out var name) && TryReadBytes(out var value):
                Name = name;
                Bytes = value;
                return IsWellFormed(name) && IsWellFormed(value);
            default:
                return Fail(ReasonCode.MalformedPacket, FindingCode.PropertyCut, Words.Part(_packet), Words.Of(Id));
        }
    }

    private bool TryReadBytes(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (_raw.Length - _next < 2)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(_raw[_next..]);
        if (_raw.Length - _next - 2 < length)
        {
            return false;
        }

        bytes = _raw.Slice(_next + 2, length);
        _next += 2 + length;
        return true;
    }

    // [MQTT-1.5.4-1] [MQTT-1.5.4-2] [MQTT-1.5.7-1]
    private bool IsWellFormed(ReadOnlySpan<byte> text) => MqttString.IsWellFormed(text)
        || Fail(ReasonCode.MalformedPacket, FindingCode.PropertyNotUtf8, Words.Of(Id), Words.Part(_packet));

    private bool IsInRange(PropertyType type)
    {
        if (type == PropertyType.Byte && UInt32 > 1)
        {
            return Fail(ReasonCode.ProtocolError, FindingCode.PropertyNotFlag, Words.Of(Id), UInt32);
        }

        var mayNotBeZero = Id is PropertyId.ReceiveMaximum or PropertyId.MaximumPacketSize or PropertyId.SubscriptionIdentifier;
        return !mayNotBeZero || UInt32 != 0
            || Fail(ReasonCode.ProtocolError, FindingCode.PropertyZero, Words.Of(Id));
    }

    private bool Fail(ReasonCode reason, FindingCode code, params object[] parts)
    {
        Failed = true;
        Error = new DecodeError(reason, code, parts);
        return false;
    }
}
