namespace Dashboard.Features.Messages.Query;

/// <summary>One word of a query as it was typed; blanks between quotes belong to it.</summary>
internal readonly record struct QueryToken(int Start, string Text)
{
    public int End => Start + Text.Length;

    public static List<QueryToken> Split(string query)
    {
        var tokens = new List<QueryToken>();
        for (var at = 0; at < query.Length;)
        {
            if (char.IsWhiteSpace(query[at]))
            {
                at++;
                continue;
            }

            var end = EndOf(query, at);
            tokens.Add(new QueryToken(at, query[at..end]));
            at = end;
        }

        return tokens;
    }

    /// <summary>What stands between quotes, with <c>\"</c> and <c>\\</c> for the two themselves; other texts stay as they are.</summary>
    /// <returns>False when the closing quote is missing or something follows it.</returns>
    public static bool TryUnquote(string text, out string plain)
    {
        plain = text;
        if (!text.StartsWith('"'))
        {
            return true;
        }

        var end = EndOfQuote(text, 0);
        if (end != text.Length || text.Length < 2 || text[^1] != '"')
        {
            return false;
        }

        var result = new System.Text.StringBuilder();
        for (var i = 1; i < text.Length - 1; i++)
        {
            i += IsEscape(text, i) ? 1 : 0;
            result.Append(text[i]);
        }

        plain = result.ToString();
        return true;
    }

    private static int EndOf(string query, int start)
    {
        var at = start;
        while (at < query.Length && !char.IsWhiteSpace(query[at]))
        {
            at = query[at] == '"' ? EndOfQuote(query, at) : at + 1;
        }

        return at;
    }

    /// <summary>Behind the closing quote, or the end of the text when there is none.</summary>
    private static int EndOfQuote(string text, int open)
    {
        for (var at = open + 1; at < text.Length; at++)
        {
            if (IsEscape(text, at))
            {
                at++;
            }
            else if (text[at] == '"')
            {
                return at + 1;
            }
        }

        return text.Length;
    }

    private static bool IsEscape(string text, int at) => text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\';
}
