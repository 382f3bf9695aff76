using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Dashboard.Broker.Connections.WebSockets;

internal enum Opcode : byte
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}

/// <summary>The start of a frame that a client sent (RFC 6455, 5.2).</summary>
/// <param name="Key">The mask, as it lies in memory.</param>
internal readonly record struct FrameHeader(Opcode Opcode, bool IsFinal, bool HasReservedBits, bool IsMasked, ulong PayloadLength, uint Key)
{
    /// <summary>Bytes of the longest header.</summary>
    public const int Longest = 14;

    public bool IsControl => Opcode >= Opcode.Close;

    /// <summary>Reads a header.</summary>
    /// <param name="length">Its bytes.</param>
    /// <returns>False when it is not complete.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out FrameHeader header, out int length)
    {
        header = default;
        length = 0;
        if (bytes.Length < 2)
        {
            return false;
        }

        var isMasked = (bytes[1] & 0x80) != 0;
        var shortLength = bytes[1] & 0x7F;
        var keyAt = shortLength switch { 126 => 4, 127 => 10, _ => 2 };
        length = keyAt + (isMasked ? sizeof(uint) : 0);
        if (bytes.Length < length)
        {
            return false;
        }

        var payload = shortLength switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => (ulong)shortLength,
        };
        header = new FrameHeader(
            (Opcode)(bytes[0] & 0x0F), (bytes[0] & 0x80) != 0, (bytes[0] & 0x70) != 0, isMasked, payload, isMasked ? MemoryMarshal.Read<uint>(bytes[keyAt..]) : 0);
        return true;
    }

    /// <summary>Writes the header of a whole frame from the server, which is not masked.</summary>
    /// <returns>Its bytes.</returns>
    public static int Write(Span<byte> destination, Opcode opcode, long payloadLength)
    {
        destination[0] = (byte)(0x80 | (byte)opcode);
        switch (payloadLength)
        {
            case < 126:
                destination[1] = (byte)payloadLength;
                return 2;
            case <= ushort.MaxValue:
                destination[1] = 126;
                BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)payloadLength);
                return 4;
            default:
                destination[1] = 127;
                BinaryPrimitives.WriteInt64BigEndian(destination[2..], payloadLength);
                return 10;
        }
    }
}
