using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Topics;

/// <summary>What a client subscribes to (section 4.7): a topic in which + stands for one level and a final # for all that follow.</summary>
public static class TopicFilter
{
    /// <summary>Every topic but those that begin with <c>$</c> [MQTT-4.7.2-1].</summary>
    public const string Everything = "#";

    private const string SharePrefix = "$share/";

    public static bool IsValid(string filter) => Check(filter) is null;

    /// <summary>Null for a valid filter (shared ones included), otherwise what is wrong and what to write instead.</summary>
    public static DecodeError? Check(string filter)
    {
        if (filter.Length == 0)
        {
            // [MQTT-4.7.3-1]
            return Invalid(FindingCode.FilterEmpty);
        }

        if (!MqttString.CanEncode(filter))
        {
            // [MQTT-4.7.3-2] [MQTT-4.7.3-3]
            return Invalid(FindingCode.FilterCharacters);
        }

        if (!IsShared(filter))
        {
            return CheckLevels(filter);
        }

        // [MQTT-4.8.2-1] [MQTT-4.8.2-2]
        return TryParseShared(filter, out _, out var inner)
            ? CheckLevels(inner)
            : Invalid(FindingCode.FilterShared);
    }

    public static bool HasWildcard(string filter) => filter.AsSpan().ContainsAny('+', '#');

    /// <summary>Whether the filter asks for a shared subscription, well written or not (section 4.8.2).</summary>
    public static bool IsShared(string filter) => filter.StartsWith(SharePrefix, StringComparison.Ordinal);

    /// <summary>Splits <c>$share/group/filter</c>. False when the filter is not shared or is badly formed before the inner filter.</summary>
    public static bool TryParseShared(string filter, out string group, out string inner)
    {
        group = "";
        inner = "";
        var groupEnd = IsShared(filter) ? filter.IndexOf('/', SharePrefix.Length) : -1;
        if (groupEnd <= SharePrefix.Length || groupEnd == filter.Length - 1)
        {
            return false;
        }

        var name = filter.AsSpan(SharePrefix.Length..groupEnd);
        if (name.ContainsAny('+', '#'))
        {
            return false;
        }

        group = name.ToString();
        inner = filter[(groupEnd + 1)..];
        return true;
    }

    /// <inheritdoc cref="Matches(ReadOnlySpan{char}, ReadOnlySpan{char})"/>
    public static bool Matches(string filter, string topic) => Matches(filter.AsSpan(), topic.AsSpan());

    /// <summary>Whether a valid filter (the inner one when it is shared) reaches a valid topic. Does not allocate.</summary>
    public static bool Matches(ReadOnlySpan<char> filter, ReadOnlySpan<char> topic)
    {
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#')))
        {
            // [MQTT-4.7.2-1]
            return false;
        }

        while (true)
        {
            var filterEnd = filter.IndexOf('/');
            var asked = filterEnd < 0 ? filter : filter[..filterEnd];
            if (asked is "#")
            {
                return true;
            }

            var topicEnd = topic.IndexOf('/');
            var level = topicEnd < 0 ? topic : topic[..topicEnd];
            if (asked is not "+" && !asked.SequenceEqual(level))
            {
                return false;
            }

            if (topicEnd < 0)
            {
                // "sport/#" also matches "sport" (section 4.7.1.2).
                return filterEnd < 0 || filter[(filterEnd + 1)..] is "#";
            }

            if (filterEnd < 0)
            {
                return false;
            }

            filter = filter[(filterEnd + 1)..];
            topic = topic[(topicEnd + 1)..];
        }
    }

    private static DecodeError? CheckLevels(string filter)
    {
        foreach (var range in filter.AsSpan().Split('/'))
        {
            var level = filter.AsSpan(range);
            if (level is "#" && range.End.Value < filter.Length)
            {
                // [MQTT-4.7.1-1] [MQTT-4.7.1-2, 3.1.1]
                var before = filter[..range.Start];
                return Invalid(FindingCode.FilterHash, before);
            }

            var wildcard = level.IndexOfAny('#', '+');
            if (level.Length > 1 && wildcard >= 0)
            {
                // [MQTT-4.7.1-1] [MQTT-4.7.1-2] [MQTT-4.7.1-2, 3.1.1] [MQTT-4.7.1-3, 3.1.1]
                return Invalid(FindingCode.FilterWildcard, level[wildcard].ToString(), level.ToString(), Suggest(filter[..range.Start], level, level[wildcard]));
            }
        }

        return null;
    }

    /// <summary>"a#" is most often meant as "a/#".</summary>
    private static string Suggest(string before, ReadOnlySpan<char> level, char wildcard)
    {
        var name = level.ToString().Replace("+", "", StringComparison.Ordinal).Replace("#", "", StringComparison.Ordinal);
        return name.Length == 0 ? $"{before}{wildcard}" : $"{before}{name}/{wildcard}";
    }

    private static DecodeError Invalid(FindingCode code, params object[] parts) => new(ReasonCode.TopicFilterInvalid, code, parts);
}
