using System.Globalization;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;

namespace Dashboard.Broker;

/// <summary>One sentence about a client: which one, and what stands in its places.</summary>
/// <param name="parts">Text, numbers, or another of these: the cause within a sentence; or what a decoder found.</param>
public sealed class EventText(EventCode code, params object[] parts)
{
    public EventCode Code { get; } = code;

    public IReadOnlyList<object> Parts { get; } = parts;

    /// <summary>As the engine says it.</summary>
    public string English => string.Format(CultureInfo.InvariantCulture, EventEnglish.Of(Code), [.. Parts.Select(Word)]);

    /// <summary>The code, and those within it: what is left of it without the figures and names.</summary>
    public string Shape => Code == EventCode.Verbatim
        ? string.Concat(English.Where(character => !char.IsAsciiDigit(character)))
        : Code == EventCode.CauseNotConnect ? $"{Code} {Parts[0]}" // what came instead tells two programs apart
        : string.Join(' ', Parts.Select(ShapeOf).OfType<string>().Prepend(Code.ToString()));

    public static EventText Of(in DecodeError error) => new(EventCode.Finding, error.Finding);

    public static EventText Verbatim(string words) => new(EventCode.Verbatim, words);

    public override string ToString() => English;

    private static string? ShapeOf(object part) => part switch
    {
        EventText text => text.Shape,
        Finding finding => finding.Code.ToString(),
        _ => null,
    };

    private static object Word(object part) => part switch
    {
        EventText text => text.English,
        Finding finding => finding.English,
        string text => text,
        _ => Convert.ToInt64(part, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture),
    };
}
