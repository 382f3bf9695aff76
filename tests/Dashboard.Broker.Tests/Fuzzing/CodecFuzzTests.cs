using Dashboard.Broker.Tests.Fixture;
using Dashboard.Corpus;
using Dashboard.Mqtt.Packets;
using Xunit.Abstractions;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>Streams of packets, right and wrong, into the engine without a network: as many as a processor can.</summary>
public sealed class CodecFuzzTests(ITestOutputHelper output)
{
    private long _bytes;

    [Fact]
    public void Whatever_comes_has_the_same_answer_however_it_is_cut_and_none_is_an_exception()
    {
        var (cases, packets) = (0, 0L);
        foreach (var number in FuzzSettings.Cases())
        {
            var chance = FuzzSettings.ChanceOf(number);
            var fuzz = FuzzCase.Generate(chance);
            if (Problem(fuzz, number) is { } problem)
            {
                var smallest = Smallest(fuzz, number);
                Assert.Fail(FuzzSettings.Replay(number, Problem(smallest, number) ?? problem, smallest.Trace()));
            }

            cases++;
            packets += fuzz.PacketCount;
        }

        output.WriteLine($"seed {FuzzSettings.Seed}: {cases:N0} cases, {packets:N0} packets, {_bytes:N0} bytes, each twice");
    }

    [Fact]
    public void One_wrong_packet_in_a_stream_of_right_ones_ends_it_with_its_reason()
    {
        CorpusPacket[] wrong = [.. CorpusPacket.Malformed.Where(packet => packet.Bytes[0] >> 4 != (int)PacketType.Connect)];
        for (var number = 0; number < wrong.Length; number++)
        {
            var chance = FuzzSettings.ChanceOf(number);
            var (version, malformed) = (wrong[number].Version, wrong[number]);
            var packets = new RandomPackets(chance, version);
            byte[][] before = [.. Enumerable.Range(0, chance.Next(20)).Select(_ => Wire.Encode(version, packets.Harmless()))];
            byte[] bytes = [.. Wire.Encode(version, new ConnectPacket { Version = version, ClientId = "wrong" }), .. before.SelectMany(packet => packet), .. malformed.Bytes];

            var played = new FuzzedEngine().Play(bytes, Pieces(chance, bytes.Length));

            Assert.True(malformed.Reason == played.CloseReason?.Reason, $"{malformed}: {malformed.Reason} is right, not {played.CloseReason}");
            Assert.Null(ServerWords.Objection(ServerWords.Read(played.Said, version), version, true, played.CloseReason));
        }
    }

    /// <summary>Plays a case as it is and cut into pieces; what is wrong, or null.</summary>
    private string? Problem(FuzzCase fuzz, int number)
    {
        var chance = FuzzSettings.ChanceOf(~number);
        var (whole, cut) = (new FuzzedEngine(), new FuzzedEngine());
        foreach (var connection in fuzz.Connections)
        {
            try
            {
                var bytes = connection.Bytes;
                _bytes += bytes.Length;
                var one = whole.Play(bytes, []);
                var other = cut.Play(bytes, Pieces(chance, bytes.Length));
                if (one.CloseReason != other.CloseReason)
                {
                    return $"in one piece it ends with {one.CloseReason}, in several with {other.CloseReason}";
                }

                if (FuzzedEngine.Comparable(one.Said) != FuzzedEngine.Comparable(other.Said))
                {
                    return $"in one piece it is answered\n{Convert.ToHexStringLower(one.Said)}\nin several\n{Convert.ToHexStringLower(other.Said)}";
                }

                if (ServerWords.Objection(ServerWords.Read(one.Said, one.Version), one.Version, one.WasAccepted, one.CloseReason) is { } objection)
                {
                    return objection;
                }
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                return exception.ToString();
            }
        }

        return null;
    }

    private FuzzCase Smallest(FuzzCase fuzz, int number)
    {
        while (fuzz.Smaller().FirstOrDefault(smaller => Problem(smaller, number) is not null) is { } smaller)
        {
            fuzz = smaller;
        }

        return fuzz;
    }

    private static List<int> Pieces(Random chance, int length)
    {
        var most = chance.Next(4) == 0 ? 2 : chance.Next(2, 200);
        var pieces = new List<int>();
        for (var left = length; left > 0 && pieces.Count < 300; left -= pieces[^1])
        {
            pieces.Add(chance.Next(1, most));
        }

        return pieces;
    }
}
