namespace Dashboard.Shared.Controls;

/// <summary>One curve of a <see cref="RateChart"/>: one value a step, the newest last.</summary>
public sealed record RateSeries(string Name, IReadOnlyList<double> Values)
{
    public double Now => Values.Count == 0 ? 0 : Values[^1];
}
