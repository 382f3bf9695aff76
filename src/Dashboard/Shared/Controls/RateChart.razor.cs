using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Controls;

/// <summary>
/// Up to three curves over the same time, drawn as plain SVG: nothing jumps when a value arrives, and a value costs one path.
/// It has no clock: its parent renders it once a second.
/// </summary>
public sealed partial class RateChart : ComponentBase
{
    private double _maximum = 1;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<RateSeries> Series { get; set; } = [];

    /// <summary>How many values fill the width.</summary>
    [Parameter]
    public int Slots { get; set; } = 300;

    /// <summary>The time between two values.</summary>
    [Parameter]
    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How a value is written, with its unit.</summary>
    [Parameter]
    public Func<double, string> Text { get; set; } = value => Format.Rate(value) + "/s";

    /// <summary>A css length.</summary>
    [Parameter]
    public string Height { get; set; } = "11rem";

    private TimeSpan Span => Step * Slots;

    private string InWords => Texts.Shared_ChartWords.With(Title, Format.Duration(Span)) + string.Join(" ", Series.Select(series =>
        Texts.Shared_ChartSeries.With(series.Name, Text(series.Now), Text(Highest(series)))));

    protected override void OnParametersSet() => _maximum = Curve.NiceMaximum(Series.Select(Highest).DefaultIfEmpty().Max());

    private static double Highest(RateSeries series) => series.Values.Count == 0 ? 0 : series.Values.Max();
}
