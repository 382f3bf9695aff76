using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared;

namespace Dashboard.Features.Topics;

/// <summary>What is typed into the search box: part of a name, an MQTT topic filter when it has + or #, or a text in the last payloads.</summary>
public sealed class TopicSearch
{
    /// <summary>Bytes of each payload that are looked at.</summary>
    public const int MaxPayload = 4 * 1024;

    private readonly string _text;
    private readonly bool _isFilter;

    public TopicSearch(string? text, bool inPayloads = false)
    {
        _text = text?.Trim() ?? "";
        InPayloads = inPayloads && _text.Length > 0;
        if (!InPayloads && TopicFilter.HasWildcard(_text))
        {
            Hint = FilterProblem.InWords(_text);
            _isFilter = Hint is null;
        }
    }

    public bool IsEmpty => _text.Length == 0;

    /// <summary>It looks at the last payloads, not at the names.</summary>
    public bool InPayloads { get; }

    /// <summary>Why a text with + or # is not understood as a filter; null when it is, or has neither. It is searched for as text then.</summary>
    public string? Hint { get; }

    /// <summary>What must stand somewhere in a name; null when names are not looked at, or by a filter.</summary>
    public string? Text => _isFilter || InPayloads || IsEmpty ? null : _text;

    /// <summary>The topic filter that it is; null when it is none.</summary>
    public string? Filter => _isFilter ? _text : null;

    /// <summary>All that it finds, another search finds too.</summary>
    public bool Narrows(TopicSearch other) => Text is { } text && other.Text is { } less && text.Contains(less, StringComparison.OrdinalIgnoreCase);

    public bool Matches(TopicNode node) => InPayloads ? node.LastPayloadHas(_text, MaxPayload) : Matches(node.Path);

    public bool Matches(string topic) =>
        _isFilter ? TopicFilter.Matches(_text, topic) : topic.Contains(_text, StringComparison.OrdinalIgnoreCase);

    /// <summary>What of the name of one level is marked: the text that stands in it, or all of it when the topic is found by a filter or by its payload.</summary>
    /// <param name="isFound">The topic itself is found, not only one below it.</param>
    /// <returns>An empty range at the start when nothing is.</returns>
    public Range Mark(string level, bool isFound) => Text is { } text ? MarkOf(text, level) : isFound && !IsEmpty ? ..level.Length : ..0;

    /// <summary>Where the text stands in a payload as a row shows it; an empty range at its start when it stands further behind, or is not searched for there.</summary>
    public Range MarkValue(string value) => InPayloads ? MarkOf(_text, value) : ..0;

    private static Range MarkOf(string text, string place)
    {
        var start = place.IndexOf(text, StringComparison.OrdinalIgnoreCase);
        return start < 0 ? ..0 : start..(start + text.Length);
    }
}
