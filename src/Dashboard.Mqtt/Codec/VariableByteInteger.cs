namespace Dashboard.Mqtt.Codec;

/// <summary>The variable byte integer (section 1.5.5): seven bits a byte, least significant first, one to four bytes.</summary>
public static class VariableByteInteger
{
    public const uint MaxValue = 268_435_455;

    /// <summary>Bytes that <paramref name="value"/> takes, 1 to 4.</summary>
    public static int Length(uint value) => value switch
    {
        < 0x80 => 1,
        < 0x4000 => 2,
        < 0x20_0000 => 3,
        _ => 4,
    };

    /// <summary>Writes <paramref name="value"/> (at most <see cref="MaxValue"/>) and returns the bytes written.</summary>
    public static int Write(Span<byte> destination, uint value)
    {
        var count = 0;
        while (value >= 0x80)
        {
            destination[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[count++] = (byte)value;
        return count;
    }

    /// <summary>
    /// Reads a value at the start of <paramref name="source"/>. False when it is cut off, longer than four bytes or
    /// not in its shortest form [MQTT-1.5.5-1].
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> source, out uint value, out int length)
    {
        value = 0;
        for (length = 0; length < 4 && length < source.Length;)
        {
            var next = source[length];
            value |= (uint)(next & 0x7F) << (7 * length);
            length++;
            if (next < 0x80)
            {
                return length == 1 || next != 0;
            }
        }

        return false;
    }
}
