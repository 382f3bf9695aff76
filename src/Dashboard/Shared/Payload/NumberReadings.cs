using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;

namespace Dashboard.Shared.Payload;

/// <summary>Everything a payload can mean as a number: as text, and as the bytes of integers and floats.</summary>
internal static class NumberReadings
{
    private const long FirstSecond = 946_684_800; // 2000-01-01, in Unix time
    private const long LastSecond = 4_102_444_800; // 2100-01-01

    /// <summary>Empty when it is no number in any way.</summary>
    public static IReadOnlyList<(string Name, string Value)> Of(ReadOnlySpan<byte> payload)
    {
        var readings = new List<(string, string)>();
        AddText(readings, payload);
        AddBytes(readings, payload);
        return readings;
    }

    /// <summary>The number that stands in a text, infinite for one that no float can hold, as in <c>1e999</c>.</summary>
    public static bool TryText(ReadOnlySpan<byte> payload, out double value)
    {
        var text = payload.Trim(" \t\r\n"u8);
        return Utf8Parser.TryParse(text, out value, out var used) && used == text.Length && text.Length > 0;
    }

    private static void AddText(List<(string, string)> readings, ReadOnlySpan<byte> payload)
    {
        if (!TryText(payload, out var value))
        {
            return;
        }

        var text = VisibleText.Of(payload.Trim(" \t\r\n"u8));
        readings.Add((Texts.Shared_NumberText, double.IsNaN(value)
            ? Texts.Shared_NumberNaN.With(text)
            : double.IsInfinity(value) ? Texts.Shared_NumberTooLarge.With(text) : text));
        if (value == Math.Floor(value) && (Moment(value) ?? Moment(value / 1000)) is { } moment)
        {
            readings.Add((Texts.Shared_NumberTime, Format.Moment(moment)));
        }
    }

    private static DateTimeOffset? Moment(double seconds) =>
        seconds is >= FirstSecond and < LastSecond ? DateTimeOffset.FromUnixTimeMilliseconds((long)(seconds * 1000)) : null;

    private static void AddBytes(List<(string, string)> readings, ReadOnlySpan<byte> bytes)
    {
        switch (bytes.Length)
        {
            case 1:
                Add("uint8", bytes[0]);
                Add("int8", (sbyte)bytes[0]);
                break;
            case 2:
                Add("uint16, big-endian", BinaryPrimitives.ReadUInt16BigEndian(bytes));
                Add("int16, big-endian", BinaryPrimitives.ReadInt16BigEndian(bytes));
                Add("uint16, little-endian", BinaryPrimitives.ReadUInt16LittleEndian(bytes));
                Add("int16, little-endian", BinaryPrimitives.ReadInt16LittleEndian(bytes));
                break;
            case 4:
                Add("int32, big-endian", BinaryPrimitives.ReadInt32BigEndian(bytes));
                Add("int32, little-endian", BinaryPrimitives.ReadInt32LittleEndian(bytes));
                Add("float32, big-endian", BinaryPrimitives.ReadSingleBigEndian(bytes));
                Add("float32, little-endian", BinaryPrimitives.ReadSingleLittleEndian(bytes));
                break;
            case 8:
                Add("int64, big-endian", BinaryPrimitives.ReadInt64BigEndian(bytes));
                Add("int64, little-endian", BinaryPrimitives.ReadInt64LittleEndian(bytes));
                Add("float64, big-endian", BinaryPrimitives.ReadDoubleBigEndian(bytes));
                Add("float64, little-endian", BinaryPrimitives.ReadDoubleLittleEndian(bytes));
                break;
            default:
                break;
        }

        void Add(string name, IFormattable value) => readings.Add((name, value.ToString(null, CultureInfo.InvariantCulture)));
    }
}
