namespace Dashboard.Mqtt.Topics;

/// <summary>
/// How far a filter is from matching a topic, counted in slips of a person's hand: a stray slash, space or capital letter
/// counts 1, a mistyped or plural word or a missing level 2. <see cref="TopicMismatch"/> says in words which it was.
/// </summary>
public static class TopicDistance
{
    /// <summary>Up to here a filter was probably meant to match.</summary>
    public const int Near = 3;

    /// <summary>They have nothing to do with each other.</summary>
    public const int Far = int.MaxValue;

    /// <summary>0 when the filter matches; shared filters count by their inner filter.</summary>
    public static int Between(string filter, string topic)
    {
        var asked = TopicFilter.TryParseShared(filter, out _, out var inner) ? inner : filter;
        if (TopicFilter.Matches(asked, topic))
        {
            return 0;
        }

        var wildcardBeforeSystem = topic.StartsWith('$') && asked[0] is '+' or '#'; // [MQTT-4.7.2-1]
        var slashes = asked.StartsWith('/') != topic.StartsWith('/') || asked.EndsWith('/') != topic.EndsWith('/');
        var levels = BetweenLevels(asked.Trim('/').Split('/'), topic.Trim('/').Split('/'));
        return levels == Far ? Far : levels + (slashes ? 1 : 0) + (wildcardBeforeSystem ? 1 : 0);
    }

    /// <summary>Whether two words of three letters or more differ by one letter more, less or other.</summary>
    internal static bool IsOneLetter(string a, string b) => Math.Min(a.Length, b.Length) >= 3 && Edits(a, b) == 1 && WithoutDigits(a) != WithoutDigits(b);

    private static int BetweenLevels(string[] asked, string[] levels)
    {
        var distance = 0;
        var wordsInCommon = 0;
        var both = Math.Min(asked.Length, levels.Length);
        for (var i = 0; i < both; i++)
        {
            if (asked[i] == "#")
            {
                return distance;
            }

            var slip = asked[i] == "+" ? 0 : BetweenWords(asked[i], levels[i]);
            if (slip == Far)
            {
                return Far;
            }

            distance += slip;
            wordsInCommon += asked[i] == "+" ? 0 : 1;
        }

        var missing = Math.Abs(asked.Length - levels.Length);
        return missing == 0 || wordsInCommon > 0 ? distance + (2 * missing) : Far;
    }

    private static int BetweenWords(string asked, string level)
    {
        if (asked == level)
        {
            return 0;
        }

        var a = asked.Trim().ToUpperInvariant();
        var b = level.Trim().ToUpperInvariant();
        if (a == b)
        {
            return 1;
        }

        // sensor1 and sensor2 are two things, not a slip.
        var shorter = Math.Min(a.Length, b.Length);
        var tolerated = shorter >= 6 ? 2 : shorter >= 3 ? 1 : 0;
        return WithoutDigits(a) != WithoutDigits(b) && Edits(a, b) <= tolerated ? 2 : Far;
    }

    private static string WithoutDigits(string word) => string.Concat(word.Where(letter => !char.IsAsciiDigit(letter)));

    /// <summary>Letters to insert, remove or replace (Levenshtein), a row of the table at a time.</summary>
    private static int Edits(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 2)
        {
            return Far;
        }

        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
