using System.Globalization;

namespace Dashboard.Mqtt.Findings;

/// <summary>What is wrong with a packet, a topic or a topic filter: which finding, and what stands in its places.</summary>
/// <param name="parts">Names as the standard has them, what was received, whole numbers, or another of these.</param>
public sealed class Finding(FindingCode code, params object[] parts)
{
    public FindingCode Code { get; } = code;

    public IReadOnlyList<object> Parts { get; } = parts;

    public string English => string.Format(CultureInfo.InvariantCulture, FindingEnglish.Of(Code), [.. Parts.Select(Word)]);

    public override string ToString() => English;

    private static object Word(object part) => part switch
    {
        Finding finding => finding.English,
        string text => text,
        _ => Convert.ToInt64(part, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
    };
}
