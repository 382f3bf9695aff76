namespace Dashboard.Mqtt.Topics;

/// <summary>Says why a filter does not reach a topic, and names the slip when it is a near miss.</summary>
public static class TopicMismatch
{
    /// <summary>One short sentence; null when the filter matches the topic.</summary>
    public static string? Explain(string filter, string topic)
    {
        if (TopicFilter.Check(filter) is { } error)
        {
            return error.Message;
        }

        var asked = Inner(filter);
        return Find(filter, topic) is { } slip ? Words(slip, asked) : null;
    }

    /// <summary>Null when the filter matches the topic, or is not valid.</summary>
    public static TopicSlip? Find(string filter, string topic)
    {
        var asked = Inner(filter);
        return TopicFilter.Check(filter) is not null || TopicFilter.Matches(asked, topic) ? null : NearMiss(asked, topic) ?? FirstDifference(asked, topic);
    }

    private static string Inner(string filter) => TopicFilter.TryParseShared(filter, out _, out var inner) ? inner : filter;

    private static string Words(TopicSlip slip, string filter) => slip.Kind switch
    {
        TopicSlipKind.WildcardBeforeSystem => $"a filter that starts with {filter[0]} leaves out topics that start with $; write out the first level",
        TopicSlipKind.SpaceInFilter => "the filter has a space at the start or end of a level",
        TopicSlipKind.SpaceInTopic => "the topic has a space at the start or end of a level",
        TopicSlipKind.SlashBeforeTopic => "the topic starts with a slash, which makes an empty first level",
        TopicSlipKind.SlashBeforeFilter => "the filter starts with a slash, which makes an empty first level",
        TopicSlipKind.SlashAfterTopic => "the topic ends with a slash, which makes an empty last level",
        TopicSlipKind.SlashAfterFilter => "the filter ends with a slash, which makes an empty last level",
        TopicSlipKind.Case => "upper and lower case differ; topics are case-sensitive",
        TopicSlipKind.Plural => $"singular or plural: level {slip.Level} is \"{slip.Topic}\" but the filter says \"{slip.Filter}\"",
        TopicSlipKind.Typo or TopicSlipKind.OtherLevel => $"level {slip.Level} is \"{slip.Topic}\" but the filter says \"{slip.Filter}\"",
        TopicSlipKind.Deeper => $"the topic has {Levels(slip.Topic)} but the filter only {slip.Filter}; write {WithHash(filter)} to get everything below",
        _ when filter.EndsWith('#') => $"the filter asks for at least {Levels(slip.Filter)} but the topic has only {slip.Topic}",
        _ => $"the filter asks for {Levels(slip.Filter)} but the topic has only {slip.Topic}",
    };

    private static TopicSlip? NearMiss(string filter, string topic)
    {
        if (topic.StartsWith('$') && filter[0] is '+' or '#')
        {
            return new TopicSlip(TopicSlipKind.WildcardBeforeSystem, Filter: filter[..1]);
        }

        if (TopicFilter.Matches(TrimLevels(filter), TrimLevels(topic)))
        {
            return new TopicSlip(TrimLevels(topic) == topic ? TopicSlipKind.SpaceInFilter : TopicSlipKind.SpaceInTopic);
        }

        if (TopicFilter.Matches(filter.TrimStart('/'), topic.TrimStart('/')))
        {
            return new TopicSlip(topic.StartsWith('/') ? TopicSlipKind.SlashBeforeTopic : TopicSlipKind.SlashBeforeFilter);
        }

        if (TopicFilter.Matches(filter.TrimEnd('/'), topic.TrimEnd('/')))
        {
            return new TopicSlip(topic.EndsWith('/') ? TopicSlipKind.SlashAfterTopic : TopicSlipKind.SlashAfterFilter);
        }

        return TopicFilter.Matches(filter.ToUpperInvariant(), topic.ToUpperInvariant()) ? new TopicSlip(TopicSlipKind.Case) : null;
    }

    private static string TrimLevels(string text) => string.Join('/', text.Split('/').Select(level => level.Trim()));

    private static TopicSlip FirstDifference(string filter, string topic)
    {
        var asked = filter.Split('/');
        var levels = topic.Split('/');
        var both = Math.Min(asked.Length, levels.Length);
        for (var i = 0; i < both && asked[i] != "#"; i++)
        {
            if (asked[i] != "+" && asked[i] != levels[i])
            {
                var kind = IsPlural(asked[i], levels[i]) || IsPlural(levels[i], asked[i]) ? TopicSlipKind.Plural
                    : TopicDistance.IsOneLetter(asked[i], levels[i]) ? TopicSlipKind.Typo
                    : TopicSlipKind.OtherLevel;
                return new TopicSlip(kind, i + 1, levels[i], asked[i]);
            }
        }

        return asked.Length < levels.Length
            ? new TopicSlip(TopicSlipKind.Deeper, 0, $"{levels.Length}", $"{asked.Length}")
            : new TopicSlip(TopicSlipKind.Shallower, 0, $"{levels.Length}", $"{(asked[^1] == "#" ? asked.Length - 1 : asked.Length)}");
    }

    private static bool IsPlural(string plural, string singular) =>
        singular.Length > 0
        && (string.Equals(plural, singular + "s", StringComparison.OrdinalIgnoreCase)
            || string.Equals(plural, singular + "es", StringComparison.OrdinalIgnoreCase));

    private static string Levels(string count) => count == "1" ? "1 level" : $"{count} levels";

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
