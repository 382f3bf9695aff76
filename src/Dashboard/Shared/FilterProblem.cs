using Dashboard.Mqtt.Topics;

namespace Dashboard.Shared;

/// <summary>What is wrong with a topic filter that a person typed.</summary>
internal static class FilterProblem
{
    /// <summary>A sentence that says what to write instead; null for a filter that a page can look for.</summary>
    public static string? InWords(string filter)
    {
        if (TopicFilter.Check(filter) is { } error)
        {
            var words = FindingSentence.Of(error.Finding);
            return $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
        }

        return TopicFilter.TryParseShared(filter, out _, out var inner)
            ? Texts.Shared_SharedFilterProblem.With(inner)
            : null;
    }
}
