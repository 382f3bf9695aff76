namespace Dashboard.Features.Topics.Comparison;

/// <summary>
/// What has to go and what has to come to make one list of texts of another: their longest common part stays. The table
/// for it grows with the product of both lengths; above a limit everything between the equal ends is replaced.
/// </summary>
internal static class SequenceDiff
{
    private const int MaxTable = 1_000_000;

    public static List<(Change Change, string Text)> Of(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start])
        {
            start++;
        }

        var end = 0;
        while (end < before.Count - start && end < after.Count - start && before[^(end + 1)] == after[^(end + 1)])
        {
            end++;
        }

        var result = new List<(Change, string)>();
        result.AddRange(before.Take(start).Select(text => (Change.None, text)));
        AddMiddle(result, [.. before.Skip(start).Take(before.Count - start - end)], [.. after.Skip(start).Take(after.Count - start - end)]);
        result.AddRange(before.Skip(before.Count - end).Select(text => (Change.None, text)));
        return result;
    }

    private static void AddMiddle(List<(Change, string)> result, string[] before, string[] after)
    {
        if ((long)before.Length * after.Length is 0 or > MaxTable)
        {
            result.AddRange(before.Select(text => (Change.Removed, text)));
            result.AddRange(after.Select(text => (Change.Added, text)));
            return;
        }

        var common = CommonLengths(before, after);
        int i = 0, j = 0;
        while (i < before.Length || j < after.Length)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                result.Add((Change.None, before[i++]));
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                result.Add((Change.Removed, before[i++]));
            }
            else
            {
                result.Add((Change.Added, after[j++]));
            }
        }
    }

    /// <summary>For each pair of places the length of the longest common part of what follows.</summary>
    private static int[,] CommonLengths(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        return common;
    }
}
