using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Anatomy;

/// <summary>
/// Goes through a packet and notes each field with its place. The first field that does not fit ends it; what follows
/// becomes <see cref="AddRest"/>.
/// </summary>
internal ref struct FieldReader(ReadOnlySpan<byte> packet, ProtocolVersion version)
{
    /// <summary>Characters of a value; the hex beside it has the rest.</summary>
    private const int LongestValue = 400;

    private const int LongestHex = 48;

    private readonly ReadOnlySpan<byte> _packet = packet;

    public ProtocolVersion Version { get; set; } = version;

    public List<PacketField> Fields { get; } = [];

    public int Position { get; private set; }

    public bool Failed { get; private set; }

    public readonly bool AtEnd => Failed || Position >= _packet.Length;

    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>"Not authorized" of <c>NotAuthorized</c>.</summary>
    public static string Spaced(string name)
    {
        var words = new StringBuilder();
        foreach (var letter in name)
        {
            var begins = char.IsUpper(letter) && words.Length > 0 && !char.IsUpper(words[^1]);
            words.Append(begins ? " " : "").Append(begins ? char.ToLowerInvariant(letter) : letter);
        }

        return words.ToString();
    }

    public static string Number(uint value) => value.ToString("N0", Culture);

    public readonly void Add(string name, int start, int length, string value, bool isSecret = false) =>
        Fields.Add(new PacketField(name, start, length, value, isSecret));

    public readonly void AddPart(string name, int start, string value) =>
        Fields.Add(new PacketField(name, start, 1, value, IsPart: true));

    public void Begin(int at) => Position = at;

    public byte Byte(string name, bool asHex = false)
    {
        var at = Position;
        if (!TryTakeByte(out var value))
        {
            return 0;
        }

        Add(name, at, 1, asHex ? $"0x{value:X2}" : value.ToString(Culture));
        return value;
    }

    /// <summary>Some bits of the byte that was read last.</summary>
    public readonly void LastByteAsPart(string name, int shift, int mask)
    {
        if (!Failed && Position > 0)
        {
            AddPart(name, Position - 1, (_packet[Position - 1] >> shift & mask).ToString(Culture));
        }
    }

    public void UInt16(string name)
    {
        var at = Position;
        if (TryTake(2, out var bytes))
        {
            Add(name, at, 2, BinaryPrimitives.ReadUInt16BigEndian(bytes).ToString(Culture));
        }
    }

    public void Text(string name)
    {
        var at = Position;
        if (TryTakePrefixed(out var bytes))
        {
            Add(name, at, bytes.Length + 2, TextOf(bytes));
        }
    }

    public void Binary(string name)
    {
        var at = Position;
        if (TryTakePrefixed(out var bytes))
        {
            Add(name, at, bytes.Length + 2, Readable(bytes));
        }
    }

    /// <summary>A secret has a place and no value, also when it is cut off.</summary>
    public void Secret(string name)
    {
        var at = Position;
        if (!TryTakePrefixed(out var bytes))
        {
            Add(name, at, _packet.Length - at, "", isSecret: true);
            Position = _packet.Length;
            return;
        }

        Add(name, at, bytes.Length + 2, "", isSecret: true);
    }

    public void Payload(string name)
    {
        if (!Failed)
        {
            Add(name, Position, _packet.Length - Position, Readable(_packet[Position..]));
            Position = _packet.Length;
        }
    }

    public void Reason(bool isGrant = false)
    {
        var at = Position;
        if (TryTakeByte(out var code))
        {
            var name = isGrant && code <= 2 ? $"Granted QoS {code}" : Enum.IsDefined((ReasonCode)code) ? Spaced(((ReasonCode)code).ToString()) : "?";
            Add("Reason code", at, 1, $"0x{code:X2} {name}");
        }
    }

    /// <summary>The end of a packet, which may leave out its properties or both.</summary>
    public void ReasonAndProperties()
    {
        if (Version != ProtocolVersion.V500 || AtEnd)
        {
            return;
        }

        Reason();
        if (!AtEnd)
        {
            Properties();
        }
    }

    /// <summary>Nothing before MQTT 5.0.</summary>
    public void Properties(string name = "Properties")
    {
        if (Version != ProtocolVersion.V500 || Failed)
        {
            return;
        }

        var at = Position;
        if (AtEnd || !VariableByteInteger.TryRead(_packet[at..], out var length, out var lengthLength))
        {
            Failed = true;
            return;
        }

        Position += lengthLength;
        Add(name, at, lengthLength, $"{Number(length)} B");
        var end = (int)Math.Min(Position + length, _packet.Length);
        while (Position < end && !Failed)
        {
            Property();
        }
    }

    /// <param name="isSecret">Whether a password may be somewhere in it.</param>
    public readonly void AddRest(bool isSecret)
    {
        if (Position < _packet.Length)
        {
            Add(PacketField.Unknown, Position, _packet.Length - Position, isSecret ? "" : Hex(_packet[Position..]), isSecret);
        }
    }

    public bool TryTakeByte(out byte value)
    {
        value = TryTake(1, out var bytes) ? bytes[0] : (byte)0;
        return !Failed;
    }

    private void Property()
    {
        var at = Position;
        if (!TryTakeByte(out var code))
        {
            return;
        }

        var id = (PropertyId)code;
        var type = PropertyRule.Of(id).Type;
        var isSecret = id == PropertyId.AuthenticationData;
        if (TryReadValue(type, out var value))
        {
            Fields.Add(new PacketField(Capital(Words.Of(id)), at, Position - at, isSecret ? "" : value, isSecret, IsPart: true));
        }
        else
        {
            Failed = true;
            Position = at;
            if (isSecret)
            {
                Secret(Capital(Words.Of(id)));
            }
        }
    }

    private bool TryReadValue(PropertyType type, out string value)
    {
        value = "";
        switch (type)
        {
            case PropertyType.Byte when TryTakeByte(out var one):
                value = one.ToString(Culture);
                return true;
            case PropertyType.UInt16 when TryTake(2, out var two):
                value = Number(BinaryPrimitives.ReadUInt16BigEndian(two));
                return true;
            case PropertyType.UInt32 when TryTake(4, out var four):
                value = Number(BinaryPrimitives.ReadUInt32BigEndian(four));
                return true;
            case PropertyType.VariableByteInteger when VariableByteInteger.TryRead(_packet[Position..], out var number, out var length):
                Position += length;
                value = Number(number);
                return true;
            case PropertyType.Binary when TryTakePrefixed(out var binary):
                value = Readable(binary);
                return true;
            case PropertyType.String when TryTakePrefixed(out var text):
                value = TextOf(text);
                return true;
            case PropertyType.StringPair when TryTakePrefixed(out var name) && TryTakePrefixed(out var second):
                value = $"{TextOf(name)} = {TextOf(second)}";
                return true;
            default:
                return false;
        }
    }

    private bool TryTakePrefixed(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return TryTake(2, out var length) && TryTake(BinaryPrimitives.ReadUInt16BigEndian(length), out bytes, back: 2);
    }

    /// <param name="back">Bytes before, which belong to the same field and are given back with it.</param>
    private bool TryTake(int count, out ReadOnlySpan<byte> bytes, int back = 0)
    {
        bytes = default;
        if (Failed || _packet.Length - Position < count)
        {
            Position -= Failed ? 0 : back;
            Failed = true;
            return false;
        }

        bytes = _packet.Slice(Position, count);
        Position += count;
        return true;
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static string Readable(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) && bytes.IndexOfAnyInRange((byte)0, (byte)8) < 0 ? TextOf(bytes) : Hex(bytes);

    private static string TextOf(ReadOnlySpan<byte> bytes)
    {
        var text = Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, LongestValue * 4)]);
        return text.Length <= LongestValue ? text : text[..LongestValue] + "…";
    }

    private static string Hex(ReadOnlySpan<byte> bytes) =>
        "0x" + Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, LongestHex)]) + (bytes.Length > LongestHex ? "…" : "");
}
