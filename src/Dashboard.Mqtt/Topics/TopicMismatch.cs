namespace Dashboard.Mqtt.Topics;

/// <summary>Says why a filter does not reach a topic, and names the slip when it is a near miss.</summary>
public static class TopicMismatch
{
    /// <summary>One short sentence; null when the filter matches the topic.</summary>
    public static string? Explain(string filter, string topic)
    {
        var asked = TopicFilter.TryParseShared(filter, out _, out var inner) ? inner : filter;
        if (TopicFilter.Check(filter) is { } error)
        {
            return error.Message;
        }

        return TopicFilter.Matches(asked, topic) ? null : NearMiss(asked, topic) ?? FirstDifference(asked, topic);
    }

    private static string? NearMiss(string filter, string topic)
    {
        if (topic.StartsWith('$') && filter[0] is '+' or '#')
        {
            // [MQTT-4.7.2-1]
            return $"a filter that starts with {filter[0]} leaves out topics that start with $; write out the first level";
        }

        if (TopicFilter.Matches(TrimLevels(filter), TrimLevels(topic)))
        {
            return $"the {(TrimLevels(topic) == topic ? "filter" : "topic")} has a space at the start or end of a level";
        }

        if (TopicFilter.Matches(filter.TrimStart('/'), topic.TrimStart('/')))
        {
            return $"the {(topic.StartsWith('/') ? "topic" : "filter")} starts with a slash, which makes an empty first level";
        }

        if (TopicFilter.Matches(filter.TrimEnd('/'), topic.TrimEnd('/')))
        {
            return $"the {(topic.EndsWith('/') ? "topic" : "filter")} ends with a slash, which makes an empty last level";
        }

        if (TopicFilter.Matches(filter.ToUpperInvariant(), topic.ToUpperInvariant()))
        {
            return "upper and lower case differ; topics are case-sensitive";
        }

        return null;
    }

    private static string TrimLevels(string text) => string.Join('/', text.Split('/').Select(level => level.Trim()));

    private static string FirstDifference(string filter, string topic)
    {
        var asked = filter.Split('/');
        var levels = topic.Split('/');
        var both = Math.Min(asked.Length, levels.Length);
        for (var i = 0; i < both && asked[i] != "#"; i++)
        {
            if (asked[i] != "+" && asked[i] != levels[i])
            {
                return IsPlural(asked[i], levels[i]) || IsPlural(levels[i], asked[i])
                    ? $"singular or plural: level {i + 1} is \"{levels[i]}\" but the filter says \"{asked[i]}\""
                    : $"level {i + 1} is \"{levels[i]}\" but the filter says \"{asked[i]}\"";
            }
        }

        if (asked.Length < levels.Length)
        {
            return $"the topic has {Count(levels.Length)} but the filter only {asked.Length}; write {WithHash(filter)} to get everything below";
        }

        return asked[^1] == "#"
            ? $"the filter asks for at least {Count(asked.Length - 1)} but the topic has only {levels.Length}"
            : $"the filter asks for {Count(asked.Length)} but the topic has only {levels.Length}";
    }

    private static bool IsPlural(string plural, string singular) =>
        singular.Length > 0
        && (string.Equals(plural, singular + "s", StringComparison.OrdinalIgnoreCase)
            || string.Equals(plural, singular + "es", StringComparison.OrdinalIgnoreCase));

    private static string Count(int levels) => levels == 1 ? "1 level" : $"{levels} levels";

    /// <summary>"a/+" becomes "a/#", "a/b" becomes "a/b/#".</summary>
    private static string WithHash(string filter)
    {
        if (filter == "+")
        {
            return "#";
        }

        return (filter.EndsWith("/+", StringComparison.Ordinal) ? filter[..^2] : filter) + "/#";
    }
}
