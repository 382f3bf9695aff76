using System.Buffers.Binary;
using System.Text;

namespace Dashboard.Benchmarks.Pages;

/// <summary>Writes the part of MessagePack that a hub call needs.</summary>
internal sealed class MessagePackWriter
{
    private readonly List<byte> _bytes = [];

    public ReadOnlySpan<byte> Written => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);

    public MessagePackWriter Array(int count)
    {
        _bytes.Add((byte)(0x90 | count));
        return this;
    }

    public MessagePackWriter EmptyMap()
    {
        _bytes.Add(0x80);
        return this;
    }

    public MessagePackWriter Value(object? value)
    {
        switch (value)
        {
            case null:
                _bytes.Add(0xC0);
                break;
            case bool truth:
                _bytes.Add((byte)(truth ? 0xC3 : 0xC2));
                break;
            case string text:
                var utf8 = Encoding.UTF8.GetBytes(text);
                Number(0xDB, 4, utf8.Length);
                _bytes.AddRange(utf8);
                break;
            default:
                Number(0xD3, 8, Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
        }

        return this;
    }

    private void Number(byte mark, int size, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        _bytes.Add(mark);
        _bytes.AddRange(bytes[(8 - size)..]);
    }
}

/// <summary>Reads the part of MessagePack that a hub sends: nil, truth, numbers, text, bytes, arrays and empty maps.</summary>
internal static class MessagePackReader
{
    public static object? Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        var mark = bytes[at++];
        switch (mark)
        {
            case < 0x80:
                return (long)mark;
            case < 0x90:
                return Items(bytes, ref at, 2 * (mark & 0x0F));
            case < 0xA0:
                return Items(bytes, ref at, mark & 0x0F);
            case < 0xC0:
                return Text(bytes, ref at, mark & 0x1F);
            case 0xC0:
                return null;
            case 0xC2 or 0xC3:
                return mark == 0xC3;
            case 0xC4 or 0xC5 or 0xC6:
                var length = (int)Unsigned(bytes, ref at, 1 << (mark - 0xC4));
                at += length;
                return bytes.Slice(at - length, length).ToArray();
            case 0xCC or 0xCD or 0xCE or 0xCF:
                return (long)Unsigned(bytes, ref at, 1 << (mark - 0xCC));
            case 0xD0 or 0xD1 or 0xD2 or 0xD3:
                var size = 1 << (mark - 0xD0);
                var shift = 64 - (8 * size);
                return (long)(Unsigned(bytes, ref at, size) << shift) >> shift;
            case 0xD9 or 0xDA or 0xDB:
                return Text(bytes, ref at, (int)Unsigned(bytes, ref at, 1 << (mark - 0xD9)));
            case 0xDC or 0xDD:
                return Items(bytes, ref at, (int)Unsigned(bytes, ref at, mark == 0xDC ? 2 : 4));
            case >= 0xE0:
                return (long)(sbyte)mark;
            default:
                throw new InvalidDataException($"MessagePack 0x{mark:X2}");
        }
    }

    private static object?[] Items(ReadOnlySpan<byte> bytes, ref int at, int count)
    {
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = Read(bytes, ref at);
        }

        return items;
    }

    private static string Text(ReadOnlySpan<byte> bytes, ref int at, int length)
    {
        at += length;
        return Encoding.UTF8.GetString(bytes.Slice(at - length, length));
    }

    private static ulong Unsigned(ReadOnlySpan<byte> bytes, ref int at, int size)
    {
        var value = 0UL;
        for (var i = 0; i < size; i++)
        {
            value = (value << 8) | bytes[at++];
        }

        return value;
    }
}
