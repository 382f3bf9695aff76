using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What was read and is written again reads the same.</summary>
public sealed class RoundTripFuzzTests(ITestOutputHelper output)
{
    [Fact]
    public void Packets_that_were_read_are_written_as_they_were()
    {
        var (written, read) = (0L, 0L);
        foreach (var number in FuzzSettings.Cases())
        {
            var chance = FuzzSettings.ChanceOf(number);
            var version = (ProtocolVersion)chance.Next(3, 6);
            var packets = new RandomPackets(chance, version);
            var packet = chance.Next(6) == 0 ? packets.Connect() : packets.Any();
            var bytes = Wire.Encode(version, packet);
            Check(number, bytes, TryRead(bytes, version) is { } same ? Wire.Encode(version, same) : []);
            written++;

            // What is not written as we write it need only mean the same.
            var mutated = Mutation.Of(bytes, Wire.Encode(version, packets.Any()), chance);
            if (TryRead(mutated, version) is { } strange)
            {
                var once = Wire.Encode(version, strange);
                Check(number, once, TryRead(once, version) is { } again ? Wire.Encode(version, again) : []);
                read++;
            }
        }

        output.WriteLine($"seed {FuzzSettings.Seed}: {written:N0} packets, and {read:N0} that were still valid after a mutation");
    }

    private static void Check(int number, byte[] expected, byte[] actual)
    {
        if (!expected.AsSpan().SequenceEqual(actual))
        {
            Assert.Fail(FuzzSettings.Replay(number, "It does not come back as it was", $"{Convert.ToHexStringLower(expected)}\n{Convert.ToHexStringLower(actual)}"));
        }
    }

    /// <summary>A packet of a client; null when it is none, or not valid.</summary>
    private static object? TryRead(byte[] bytes, ProtocolVersion version)
    {
        if (FixedHeader.TryRead(bytes, out var header) != HeaderStatus.Complete || header.TotalLength > bytes.Length)
        {
            return null;
        }

        var body = bytes.AsSpan(header.HeaderLength, header.RemainingLength);
        switch (header.Type)
        {
            case PacketType.Connect:
                // A mutation may have made another version of it, which is none of this stream.
                return PacketDecoder.TryReadConnect(body, out var connect, out _) && connect.Version == version ? connect : null;
            case PacketType.Publish:
                return PacketDecoder.TryReadPublish(header.Flags, body, version, out var publish, out _) ? publish : null;
            case PacketType.PubAck or PacketType.PubRec or PacketType.PubRel or PacketType.PubComp:
                return PacketDecoder.TryReadAckPacket(header.First, body, version, out var ack, out _) ? ack : null;
            case PacketType.Subscribe:
                return PacketDecoder.TryReadSubscribe(header.Flags, body, version, out var subscribe, out _) ? subscribe : null;
            case PacketType.Unsubscribe:
                return PacketDecoder.TryReadUnsubscribe(header.Flags, body, version, out var unsubscribe, out _) ? unsubscribe : null;
            case PacketType.Disconnect:
                return PacketDecoder.TryReadDisconnect(header.Flags, body, version, out var disconnect, out _) ? disconnect : null;
            case PacketType.Auth when version == ProtocolVersion.V500:
                return PacketDecoder.TryReadAuth(header.Flags, body, out var auth, out _) ? auth : null;
            case PacketType.PingReq when header.RemainingLength == 0:
                return PacketType.PingReq;
            default:
                return null;
        }
    }
}
