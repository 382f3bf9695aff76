namespace Dashboard.Features.Topics.Chart;

/// <summary>One value of a field.</summary>
/// <param name="Value">NaN for what cannot be drawn.</param>
/// <param name="Text">As it was sent.</param>
public readonly record struct ChartPoint(DateTimeOffset Time, double Value, string Text);
