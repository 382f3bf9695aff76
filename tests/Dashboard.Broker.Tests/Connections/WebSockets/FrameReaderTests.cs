using Dashboard.Broker.Connections.WebSockets;

namespace Dashboard.Broker.Tests.Connections.WebSockets;

public sealed class FrameReaderTests
{
    [Fact]
    public void Unmasking_gives_what_one_byte_after_the_other_would_give()
    {
        var random = new Random(1);
        byte[] key = [0x12, 0xA4, 0x00, 0xFF];
        for (var length = 0; length < 300; length++)
        {
            var source = new byte[length];
            random.NextBytes(source);
            var expected = source.Select((value, i) => (byte)(value ^ key[i & 3])).ToArray();
            var cut = random.Next(length + 1);
            var result = new byte[length];
            Mask.CopyUnmasked(source.AsSpan(0, cut), result, BitConverter.ToUInt32(key));
            Mask.CopyUnmasked(source.AsSpan(cut), result.AsSpan(cut), Mask.After(BitConverter.ToUInt32(key), cut));
            Assert.Equal(expected, result);
        }
    }

    [Fact]
    public void Whatever_the_pieces_the_contents_are_the_same()
    {
        var random = new Random(2);
        for (var round = 0; round < 300; round++)
        {
            var stream = RandomStream(random, out var contents, out var pings);
            var reader = new FrameReader();
            var output = new byte[stream.Length];
            var written = 0;
            var seen = 0;
            for (var at = 0; at < stream.Length;)
            {
                var piece = random.Next(1, Math.Min(40, stream.Length - at) + 1);
                var received = stream.AsSpan(at, piece);
                at += piece;
                ReadOnlySpan<byte> left = received;
                var free = output.AsSpan(written);
                var before = free.Length;
                FrameEvent next;
                while ((next = reader.Read(ref left, ref free)) != FrameEvent.None)
                {
                    Assert.Equal(FrameEvent.Ping, next);
                    Assert.Equal(seen++ % 126, reader.Control.Length);
                    reader.ForgetControl();
                }

                Assert.Equal(0, left.Length);
                written += before - free.Length;
            }

            Assert.Equal(contents, output[..written]);
            Assert.Equal(pings, seen);
        }
    }

    private static byte[] RandomStream(Random random, out byte[] contents, out int pings)
    {
        var stream = new List<byte>();
        var plain = new List<byte>();
        pings = 0;
        var isWithin = false;
        for (var i = 0; i < 20; i++)
        {
            var isFinal = random.Next(2) == 0;
            var payload = new byte[random.Next(4) == 0 ? random.Next(400) : random.Next(20)];
            random.NextBytes(payload);
            plain.AddRange(payload);
            stream.AddRange(Frame((byte)((isFinal ? 0x80 : 0) | (isWithin ? 0 : 2)), payload, random));
            isWithin = !isFinal;
            if (random.Next(3) == 0)
            {
                stream.AddRange(Frame(0x89, new byte[pings++ % 126], random));
            }
        }

        contents = [.. plain];
        return [.. stream];
    }

    private static byte[] Frame(byte first, byte[] payload, Random random)
    {
        var key = new byte[4];
        random.NextBytes(key);
        byte[] length = payload.Length < 126 ? [(byte)(0x80 | payload.Length)] : [0x80 | 126, (byte)(payload.Length >> 8), (byte)payload.Length];
        return [first, .. length, .. key, .. payload.Select((value, i) => (byte)(value ^ key[i & 3]))];
    }
}
