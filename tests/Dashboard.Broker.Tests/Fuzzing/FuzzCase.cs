using System.Text;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Corpus;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What one client does between opening and closing its connection: packets, right and wrong.</summary>
internal sealed record FuzzConnection(ProtocolVersion Version, IReadOnlyList<byte[]> Packets)
{
    public byte[] Bytes { get; } = [.. Packets.SelectMany(packet => packet)];
}

/// <summary>A few connections that follow one another.</summary>
internal sealed record FuzzCase(IReadOnlyList<FuzzConnection> Connections)
{
    private static readonly ProtocolVersion[] Versions = [ProtocolVersion.V311, ProtocolVersion.V311, ProtocolVersion.V500, ProtocolVersion.V500, ProtocolVersion.V500, ProtocolVersion.V310];

    public int PacketCount => Connections.Sum(connection => connection.Packets.Count);

    public static FuzzCase Generate(Random chance) =>
        new([.. Enumerable.Range(0, chance.Next(1, 5)).Select(_ => Connection(chance, Versions[chance.Next(Versions.Length)]))]);

    /// <summary>The packets in hex, one a line.</summary>
    public string Trace()
    {
        var text = new StringBuilder();
        foreach (var connection in Connections)
        {
            text.AppendLine(null, $"connection, {connection.Version}");
            foreach (var packet in connection.Packets)
            {
                text.AppendLine(null, $"  {Convert.ToHexStringLower(packet)}");
            }
        }

        return text.ToString();
    }

    /// <summary>The case without one of its packets or connections, as often as there is one: to find out which of them matter.</summary>
    public IEnumerable<FuzzCase> Smaller()
    {
        for (var i = 0; i < Connections.Count; i++)
        {
            var at = i;
            yield return new FuzzCase([.. Connections.Where((_, index) => index != at)]);
            for (var j = Connections[i].Packets.Count - 1; j >= 0; j--)
            {
                var without = j;
                var connection = Connections[at] with { Packets = [.. Connections[at].Packets.Where((_, index) => index != without)] };
                yield return new FuzzCase([.. Connections.Select((one, index) => index == at ? new FuzzConnection(one.Version, connection.Packets) : one)]);
            }
        }
    }

    private static FuzzConnection Connection(Random chance, ProtocolVersion version)
    {
        var packets = new RandomPackets(chance, version);
        CorpusPacket[] valid = [.. CorpusPacket.Valid.Where(packet => packet.Version == version)];
        CorpusPacket[] malformed = [.. CorpusPacket.Malformed.Where(packet => packet.Version == version)];
        var stream = new List<byte[]>();
        if (chance.Next(10) > 0)
        {
            stream.Add(Wire.Encode(version, packets.Connect()));
        }

        for (var count = chance.Next(30); count > 0; count--)
        {
            stream.Add(chance.Next(100) switch
            {
                < 70 => Wire.Encode(version, packets.Any()),
                < 80 => valid[chance.Next(valid.Length)].Bytes,
                < 96 => Mutation.Of(Valid(), Valid(), chance),
                < 98 when malformed.Length > 0 => malformed[chance.Next(malformed.Length)].Bytes,
                _ => Noise(chance),
            });
        }

        if (stream.Count == 0 || chance.Next(20) == 0)
        {
            stream.Insert(0, Mutation.Of(Wire.Encode(version, packets.Connect()), Valid(), chance));
        }

        return new FuzzConnection(version, stream);

        byte[] Valid() => chance.Next(2) == 0 ? valid[chance.Next(valid.Length)].Bytes : Wire.Encode(version, packets.Any());
    }

    private static byte[] Noise(Random chance)
    {
        var bytes = new byte[chance.Next(1, 200)];
        chance.NextBytes(bytes);
        return bytes;
    }
}
