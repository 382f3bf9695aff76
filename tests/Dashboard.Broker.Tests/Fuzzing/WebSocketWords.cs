using System.Buffers.Binary;
using System.Text;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>A stream of packets as a WebSocket client sends it, and what a server answers to it.</summary>
internal static class WebSocketWords
{
    private const int Continuation = 0;
    private const int IsFinal = 0x80;

    /// <summary>The handshake and the bytes in frames of any length, in messages of one or several frames, with pings between them, and now and then with something that must not be.</summary>
    public static byte[] Frames(ReadOnlySpan<byte> contents, Random chance)
    {
        var stream = new List<byte>(Encoding.ASCII.GetBytes(RawWebSocket.Handshake("localhost")));
        var isWrong = chance.Next(8) == 0;
        for (var isWithinMessage = false; !contents.IsEmpty;)
        {
            if (isWrong && chance.Next(4) == 0)
            {
                stream.AddRange(Wrong(chance));
            }

            if (chance.Next(10) == 0)
            {
                stream.AddRange(RawWebSocket.Frame(RawWebSocket.Ping, Noise(chance, 126), Key(chance)));
            }

            var part = Math.Min(contents.Length, chance.Next(3) == 0 ? chance.Next(4) : chance.Next(3_000));
            var opcode = isWithinMessage ? Continuation : RawWebSocket.Binary;
            isWithinMessage = chance.Next(3) == 0;
            stream.AddRange(RawWebSocket.Frame(opcode, contents[..part], Key(chance), (byte)((isWithinMessage ? 0 : IsFinal) | opcode)));
            contents = contents[part..];
        }

        return [.. stream];
    }

    /// <summary>The contents of the binary frames that a server sent behind its handshake, as far as they are whole: Kestrel cuts off who ends its side. What a server must not send is an <see cref="InvalidDataException"/>.</summary>
    public static byte[] Contents(ReadOnlySpan<byte> said)
    {
        if (said.IsEmpty)
        {
            return [];
        }

        var end = said.IndexOf("\r\n\r\n"u8);
        if (end < 0 || !said.StartsWith("HTTP/1.1 101"u8))
        {
            throw new InvalidDataException("the handshake was not accepted");
        }

        var contents = new List<byte>();
        for (said = said[(end + 4)..]; !said.IsEmpty;)
        {
            var length = said.Length < 2 ? int.MaxValue : said[1] & 0x7F;
            var head = 2;
            (length, head) = length switch
            {
                126 when said.Length >= 4 => (BinaryPrimitives.ReadUInt16BigEndian(said[2..]), 4),
                127 when said.Length >= 10 => ((int)BinaryPrimitives.ReadInt64BigEndian(said[2..]), 10),
                _ => (length, head),
            };
            if (said.Length < head || said.Length - head < length)
            {
                break;
            }

            if ((said[1] & IsFinal) != 0 || (said[0] & 0xF0) != IsFinal)
            {
                throw new InvalidDataException("the broker's frame is masked or in pieces");
            }

            switch (said[0] & 0x0F)
            {
                case RawWebSocket.Binary:
                    contents.AddRange(said.Slice(head, length));
                    break;
                case not (RawWebSocket.Pong or RawWebSocket.Close):
                    throw new InvalidDataException($"the broker sent a frame of type {said[0] & 0x0F}");
            }

            said = said[(head + length)..];
        }

        return [.. contents];
    }

    /// <summary>Nothing of it may come out as contents.</summary>
    private static byte[] Wrong(Random chance) => chance.Next(5) switch
    {
        0 => RawWebSocket.Frame(RawWebSocket.Text, Noise(chance, 50), Key(chance)),
        1 => RawWebSocket.Frame(RawWebSocket.Binary, Noise(chance, 50), key: null),
        2 => RawWebSocket.Frame(RawWebSocket.Close, Noise(chance, 126), Key(chance)),
        3 => RawWebSocket.Frame(RawWebSocket.Binary + 1 + chance.Next(5), Noise(chance, 300), Key(chance)),
        _ => [(byte)(0x10 | chance.Next(256)), .. Noise(chance, 100)],
    };

    private static byte[] Key(Random chance) => [(byte)chance.Next(256), (byte)chance.Next(256), 0, 0xFF];

    private static byte[] Noise(Random chance, int longest)
    {
        var bytes = new byte[chance.Next(longest)];
        chance.NextBytes(bytes);
        return bytes;
    }
}
