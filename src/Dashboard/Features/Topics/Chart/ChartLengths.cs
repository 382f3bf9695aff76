namespace Dashboard.Features.Topics.Chart;

/// <summary>The lengths that a chart offers beside all there is: the two largest that are shorter than it, since a topic may speak ten times a second or once an hour.</summary>
internal static class ChartLengths
{
    private const int Offered = 2;

    private static readonly TimeSpan[] Lengths =
    [
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(15),
        TimeSpan.FromHours(1),
        TimeSpan.FromHours(6),
        TimeSpan.FromDays(1),
        TimeSpan.FromDays(7),
    ];

    /// <param name="all">From the first point to the last.</param>
    /// <param name="chosen">Stays among them while it is shown.</param>
    public static IReadOnlyList<TimeSpan> For(TimeSpan all, TimeSpan? chosen)
    {
        var shorter = Math.Max(Offered, Array.FindLastIndex(Lengths, length => length < all) + 1);
        var offered = Lengths[(shorter - Offered)..shorter];
        return chosen is { } length && Lengths.Contains(length) && !offered.Contains(length) ? [.. offered.Append(length).Order()] : offered;
    }
}
