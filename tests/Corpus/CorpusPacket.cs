using System.Globalization;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Corpus;

/// <summary>One line of <c>valid.txt</c> or <c>malformed.txt</c>. Test projects link this file and copy the two lists.</summary>
public sealed record CorpusPacket(ProtocolVersion Version, ReasonCode Reason, byte[] Bytes, string Name)
{
    public static IReadOnlyList<CorpusPacket> Valid { get; } = Read("valid.txt");

    public static IReadOnlyList<CorpusPacket> Malformed { get; } = Read("malformed.txt");

    /// <summary>Shown as the name of a test case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Version}: {Name}");

    private static List<CorpusPacket> Read(string file) =>
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpus", file))
            .Where(line => !line.StartsWith('#'))
            .Select(line => Parse(line.Split(" | "))),
    ];

    private static CorpusPacket Parse(string[] fields)
    {
        var version = fields[0] switch
        {
            "3.1" => ProtocolVersion.V310,
            "3.1.1" => ProtocolVersion.V311,
            "5.0" => ProtocolVersion.V500,
            _ => throw new FormatException($"no such version: {fields[0]}"),
        };
        var reason = fields.Length == 4 ? Enum.Parse<ReasonCode>(fields[1]) : ReasonCode.Success;
        return new CorpusPacket(version, reason, Convert.FromHexString(fields[^2]), fields[^1]);
    }
}
