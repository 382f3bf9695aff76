using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Dashboard.Benchmarks.Load;

/// <summary>The client's side of RFC 6455 on one connection: each packet in a masked frame of its own, as browsers send it.</summary>
internal sealed class WebSocketFrames
{
    private const int LongestHeader = 14;
    private const byte FinalBinary = 0x82;
    private const int CloseFrame = 8;
    private const int PingFrame = 9;

    private static uint _random = 0x9E3779B9;

    private readonly byte[] _header = new byte[LongestHeader];
    private int _headerLength;
    private long _left;

    public static byte[] UpgradeRequest(int port) => Encoding.ASCII.GetBytes(
        $"GET /mqtt HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Version: 13\r\n\r\n");

    /// <summary>Bytes of the answer to the request; 0 when it is not whole yet, -1 when it is a refusal.</summary>
    public static int AnswerLength(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        return answer.StartsWith("HTTP/1.1 101"u8) ? end + 4 : -1;
    }

    public static void Append(LoadSocket socket, ReadOnlySpan<byte> packet)
    {
        Span<byte> header = stackalloc byte[LongestHeader];
        header[0] = FinalBinary;
        int at;
        if (packet.Length < 126)
        {
            header[1] = (byte)(0x80 | packet.Length);
            at = 2;
        }
        else if (packet.Length <= ushort.MaxValue)
        {
            header[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(header[2..], (ushort)packet.Length);
            at = 4;
        }
        else
        {
            header[1] = 0x80 | 127;
            BinaryPrimitives.WriteInt64BigEndian(header[2..], packet.Length);
            at = 10;
        }

        var mask = NextMask();
        MemoryMarshal.Write(header[at..], mask);
        at += sizeof(uint);
        var destination = socket.Append(at + packet.Length);
        header[..at].CopyTo(destination);
        Mask(packet, destination[at..], mask);
    }

    /// <summary>Takes the frames off: moves their contents together at the start of <paramref name="bytes"/>.</summary>
    /// <returns>Bytes of contents, or -1 when the other end closes.</returns>
    public int Unwrap(Span<byte> bytes)
    {
        var length = 0;
        var at = 0;
        while (at < bytes.Length)
        {
            if (_left > 0)
            {
                var part = (int)Math.Min(_left, bytes.Length - at);
                bytes.Slice(at, part).CopyTo(bytes[length..]);
                length += part;
                at += part;
                _left -= part;
                continue;
            }

            _header[_headerLength++] = bytes[at++];
            if (_headerLength < 2 || _headerLength < HeaderLength)
            {
                continue;
            }

            if ((_header[0] & 0x0F) is CloseFrame or PingFrame)
            {
                return -1; // No broker pings while there is traffic; one that does ends the run.
            }

            _left = ContentLength;
            _headerLength = 0;
        }

        return length;
    }

    private int HeaderLength => (_header[1] & 0x7F) switch { 126 => 4, 127 => 10, _ => 2 };

    private long ContentLength => (_header[1] & 0x7F) switch
    {
        126 => BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(2)),
        127 => BinaryPrimitives.ReadInt64BigEndian(_header.AsSpan(2)),
        var length => length,
    };

    private static uint NextMask()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random;
    }

    private static void Mask(ReadOnlySpan<byte> source, Span<byte> destination, uint mask)
    {
        var wide = ((ulong)mask << 32) | mask;
        var words = MemoryMarshal.Cast<byte, ulong>(source);
        var target = MemoryMarshal.Cast<byte, ulong>(destination);
        for (var i = 0; i < words.Length; i++)
        {
            target[i] = words[i] ^ wide;
        }

        for (var i = words.Length * sizeof(ulong); i < source.Length; i++)
        {
            destination[i] = (byte)(source[i] ^ (byte)(mask >> (8 * (i & 3))));
        }
    }
}
