using System.Numerics;
using System.Runtime.InteropServices;

namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>RFC 6455, 5.3: what a client sends is combined with a key of four bytes, over and over.</summary>
internal static class Mask
{
    /// <summary>Copies and takes the mask off, as many bytes at once as the processor can.</summary>
    /// <param name="key">The key as it lies in memory, so that its first byte belongs to the first byte of the source.</param>
    public static void CopyUnmasked(ReadOnlySpan<byte> source, Span<byte> destination, uint key)
    {
        var keys = Vector.AsVectorByte(new Vector<uint>(key));
        var at = 0;
        for (; source.Length - at >= Vector<byte>.Count; at += Vector<byte>.Count)
        {
            (new Vector<byte>(source[at..]) ^ keys).CopyTo(destination[at..]);
        }

        for (; source.Length - at >= sizeof(uint); at += sizeof(uint))
        {
            MemoryMarshal.Write(destination[at..], MemoryMarshal.Read<uint>(source[at..]) ^ key);
        }

        for (; at < source.Length; at++)
        {
            destination[at] = (byte)(source[at] ^ ByteOf(key, at));
        }
    }

    /// <summary>The key for what follows a number of bytes.</summary>
    public static uint After(uint key, int bytes)
    {
        var bits = 8 * (bytes & 3);
        return BitConverter.IsLittleEndian ? BitOperations.RotateRight(key, bits) : BitOperations.RotateLeft(key, bits);
    }

    private static byte ByteOf(uint key, int at) => (byte)(After(key, at) >> (BitConverter.IsLittleEndian ? 0 : 24));
}
