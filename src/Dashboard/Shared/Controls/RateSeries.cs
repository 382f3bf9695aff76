namespace Dashboard.Shared.Controls;

/// <summary>One curve of a <see cref="RateChart"/>: one value a step, the newest last; not a number where nothing is known.</summary>
/// <param name="Href">The page that tells more of it.</param>
public sealed record RateSeries(string Name, IReadOnlyList<double> Values, string? Href = null)
{
    /// <summary>The newest value; not a number when there is none.</summary>
    public double Now => Values.Count == 0 ? double.NaN : Values[^1];
}
