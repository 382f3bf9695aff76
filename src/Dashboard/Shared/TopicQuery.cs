namespace Dashboard.Shared;

/// <summary>What to write into the search box of the Messages page for one topic or filter, whatever its name looks like.</summary>
public static class TopicQuery
{
    /// <summary>A name as it is when it can be nothing else, else behind the key for topics.</summary>
    public static string For(string filter) => IsPlain(filter) ? filter : "topic:" + Value(filter);

    /// <summary>A value behind a key: between quotes when it would end too soon without.</summary>
    public static string Value(string text) =>
        text.Length == 0 || text.Contains('"', StringComparison.Ordinal) || text.Any(char.IsWhiteSpace)
            ? $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : text;

    /// <summary>It does not begin like a negation, is no word of the language, and has nothing that compares.</summary>
    private static bool IsPlain(string filter) =>
        Value(filter) == filter && filter[0] != '-' && filter is not ("retained" or "refused") && !filter.AsSpan().ContainsAny(":=<>!")
        && (filter.Contains('/', StringComparison.Ordinal) || !filter.StartsWith("json.", StringComparison.Ordinal));
}
