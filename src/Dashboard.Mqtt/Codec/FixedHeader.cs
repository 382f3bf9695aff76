using System.Buffers;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>Whether a buffer starts with a whole fixed header.</summary>
public enum HeaderStatus
{
    Complete,
    NeedMore,
    Malformed,
}

/// <summary>The first two to five bytes of every packet (section 2.1).</summary>
public readonly struct FixedHeader
{
    private FixedHeader(byte first, int remainingLength, int headerLength)
    {
        First = first;
        RemainingLength = remainingLength;
        HeaderLength = headerLength;
    }

    /// <summary>Type and flags.</summary>
    public byte First { get; }

    public PacketType Type => (PacketType)(First >> 4);

    public byte Flags => (byte)(First & 0x0F);

    /// <summary>Bytes that follow the fixed header, 0 to 268,435,455.</summary>
    public int RemainingLength { get; }

    /// <summary>Bytes of the fixed header itself, 2 to 5.</summary>
    public int HeaderLength { get; }

    public int TotalLength => HeaderLength + RemainingLength;

    /// <summary>False for a padded remaining length: MQTT 5.0 forbids it [MQTT-1.5.5-1], 3.1.1 does not and small devices send it.</summary>
    public bool UsesFewestBytes => HeaderLength == 1 + VariableByteInteger.Length((uint)RemainingLength);

    /// <summary>Reads the fixed header at the start of <paramref name="buffer"/>; looks at no more than five bytes.</summary>
    public static HeaderStatus TryRead(ReadOnlySpan<byte> buffer, out FixedHeader header)
    {
        header = default;
        if (buffer.Length < 2)
        {
            return HeaderStatus.NeedMore;
        }

        // The common case first: a remaining length below 128.
        if (buffer[1] < 0x80)
        {
            header = new FixedHeader(buffer[0], buffer[1], 2);
            return HeaderStatus.Complete;
        }

        var length = buffer[1] & 0x7F;
        for (var i = 2; i <= 4; i++)
        {
            if (i >= buffer.Length)
            {
                return HeaderStatus.NeedMore;
            }

            length |= (buffer[i] & 0x7F) << (7 * (i - 1));
            if (buffer[i] < 0x80)
            {
                header = new FixedHeader(buffer[0], length, i + 1);
                return HeaderStatus.Complete;
            }
        }

        return HeaderStatus.Malformed;
    }

    /// <inheritdoc cref="TryRead(ReadOnlySpan{byte}, out FixedHeader)"/>
    public static HeaderStatus TryRead(in ReadOnlySequence<byte> buffer, out FixedHeader header)
    {
        if (buffer.FirstSpan.Length >= 5 || buffer.IsSingleSegment)
        {
            return TryRead(buffer.FirstSpan, out header);
        }

        Span<byte> start = stackalloc byte[5];
        var count = (int)Math.Min(buffer.Length, 5);
        buffer.Slice(0, count).CopyTo(start);
        return TryRead(start[..count], out header);
    }
}
