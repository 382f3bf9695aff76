using System.Collections.Immutable;

namespace Dashboard.Broker.Retained;

/// <summary>Entries in the ordinal order of their topics, in which all topics that begin alike stand together.</summary>
internal static class RetainedOrder
{
    public static readonly ImmutableSortedSet<RetainedEntry> Empty = ImmutableSortedSet.Create<RetainedEntry>(new ByTopic());

    /// <summary>The index of the first entry that is not before <paramref name="topic"/>.</summary>
    public static int Position(ImmutableSortedSet<RetainedEntry> sorted, string topic)
    {
        var low = 0;
        var high = sorted.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (string.CompareOrdinal(sorted[middle].Topic, topic) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    public static int PositionAfter(ImmutableSortedSet<RetainedEntry> sorted, string topic)
    {
        var at = Position(sorted, topic);
        return at < sorted.Count && sorted[at].Topic == topic ? at + 1 : at;
    }

    /// <summary>What all topics that a filter matches begin with.</summary>
    public static string LiteralPrefix(string filter)
    {
        var wildcard = filter.AsSpan().IndexOfAny('+', '#');
        if (wildcard < 0)
        {
            return filter;
        }

        // "sport/#" matches "sport" too, so the separator before # is not part of what all matches start with.
        return filter[wildcard] == '#' && wildcard > 0 ? filter[..(wildcard - 1)] : filter[..wildcard];
    }

    private sealed class ByTopic : IComparer<RetainedEntry>
    {
        public int Compare(RetainedEntry? x, RetainedEntry? y) => string.CompareOrdinal(x?.Topic, y?.Topic);
    }
}
