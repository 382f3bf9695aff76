using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Codec;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>Makes something wrong of the bytes of a packet.</summary>
internal static class Mutation
{
    private static readonly byte[] Extremes = [0x00, 0x01, 0x7F, 0x80, 0xFE, 0xFF];

    /// <param name="other">Another packet, to be spliced in.</param>
    public static byte[] Of(byte[] packet, byte[] other, Random chance)
    {
        var bytes = packet.ToArray();
        for (var rounds = chance.Next(1, 4); rounds > 0 && bytes.Length > 0; rounds--)
        {
            bytes = Once(bytes, other, chance);
        }

        return chance.Next(3) > 0 ? WithFittingLength(bytes) : bytes;
    }

    private static byte[] Once(byte[] bytes, byte[] other, Random chance)
    {
        var at = chance.Next(bytes.Length);
        var length = chance.Next(1, Math.Min(24, bytes.Length - at) + 1);
        var range = bytes.AsSpan(at, length).ToArray();
        switch (chance.Next(10))
        {
            case 0:
                bytes[at] ^= (byte)(1 << chance.Next(8));
                return bytes;
            case 1:
                bytes[at] = Extremes[chance.Next(Extremes.Length)];
                return bytes;
            case 2:
                bytes[0] = (byte)chance.Next(256);
                return bytes;
            case 3: // ends too early
                return bytes[..at];
            case 4: // says a wrong length, of itself or of something in it
                return LyingAt(bytes, chance.Next(3) == 0 ? 1 : at, chance);
            case 5: // something twice, such as a property
                return [.. bytes[..at], .. range, .. bytes[at..]];
            case 6: // something missing
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 7: // something at another place
                byte[] rest = [.. bytes[..at], .. bytes[(at + length)..]];
                var place = chance.Next(rest.Length + 1);
                return [.. rest[..place], .. range, .. rest[place..]];
            case 8: // the end of another packet
                return [.. bytes[..at], .. other[chance.Next(other.Length)..]];
            default:
                chance.NextBytes(range);
                return [.. bytes[..at], .. range, .. bytes[at..]];
        }
    }

    private static byte[] LyingAt(byte[] bytes, int at, Random chance)
    {
        if (at < bytes.Length)
        {
            bytes[at] = chance.Next(2) == 0 ? (byte)(bytes[at] + chance.Next(-3, 4)) : (byte)chance.Next(256);
        }

        return bytes;
    }

    /// <summary>The body as it is under a header that announces it, so that what is wrong lies deeper.</summary>
    private static byte[] WithFittingLength(byte[] bytes) =>
        FixedHeader.TryRead(bytes, out var header) == HeaderStatus.Complete && header.HeaderLength <= bytes.Length
            ? Wire.Packet(bytes[0], bytes[header.HeaderLength..])
            : bytes;
}
