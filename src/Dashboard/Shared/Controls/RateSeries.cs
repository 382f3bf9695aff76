namespace Dashboard.Shared.Controls;

/// <summary>One curve of a <see cref="RateChart"/>: one value a step, the newest last; not a number where nothing is known.</summary>
/// <param name="Href">The page that tells more of it.</param>
public sealed record RateSeries(string Name, IReadOnlyList<double> Values, string? Href = null)
{
    /// <summary>The newest value, or the one before while the last step is too young to have one; else not a number.</summary>
    public double Now => Values switch
    {
        [.., var last] when !double.IsNaN(last) => last,
        [.., var before, _] => before,
        _ => double.NaN,
    };
}
