using System.Globalization;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Controls;

/// <summary>
/// Up to four curves over the same time, drawn as plain SVG: nothing jumps when a value arrives, and a value costs one path.
/// Exact numbers of a moment are read with the pointer or the arrow keys. It has no clock: its parent renders it.
/// </summary>
public sealed partial class RateChart : ComponentBase, IAsyncDisposable
{
    private double _maximum = 1;
    private IReadOnlyList<(double X, double Width)> _gaps = [];
    private ElementReference _slider;
    private PageModule _module = default!;
    private bool _follows;
    private int? _at;

    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>Each with <see cref="Slots"/> values.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<RateSeries> Series { get; set; } = [];

    /// <summary>How many values fill the width.</summary>
    [Parameter]
    public int Slots { get; set; } = 300;

    /// <summary>The time between two values.</summary>
    [Parameter]
    public TimeSpan Step { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>When the last value's step began.</summary>
    [Parameter, EditorRequired]
    public DateTimeOffset End { get; set; }

    /// <summary>How a value is written, with its unit.</summary>
    [Parameter]
    public Func<double, string> Text { get; set; } = value => Format.Rate(value) + "/s";

    /// <summary>What follows an exact number, such as <c>" B/s"</c>.</summary>
    [Parameter]
    public string Unit { get; set; } = "/s";

    /// <summary>A css length.</summary>
    [Parameter]
    public string Height { get; set; } = "11rem";

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private bool CanRead => Series.Count > 0 && Series.All(series => series.Values.Count == Slots);

    private TimeSpan Span => Step * Slots;

    private string InWords => Texts.Shared_ChartWords.With(Title, Format.Duration(Span)) + string.Join(" ", Series.Select(series =>
        Texts.Shared_ChartSeries.With(series.Name, Word(series.Now), Text(Highest(series)))));

    private string ReadOut
    {
        get
        {
            var at = _at ?? Slots - 1;
            return $"{MomentOf(at)}: " + string.Join(", ", Series.Select(series => $"{series.Name} {Exact(series.Values[at])}"));
        }
    }

    protected override void OnInitialized() => _module = new PageModule(Js, Assets["js/charts.js"]);

    protected override void OnParametersSet()
    {
        _maximum = Curve.NiceMaximum(Series.Select(Highest).DefaultIfEmpty().Max());
        _gaps = Series.Count == 0 ? [] : [.. Curve.Gaps(Series[0].Values, Slots)];
        if (_at >= Slots || !CanRead)
        {
            _at = null;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (CanRead && !_follows)
        {
            _follows = true;
            await _module.ImportAsync();
            await _module.InvokeAsync("followPointer", _slider);
        }
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    private static double Highest(RateSeries series) => series.Values.Where(double.IsFinite).DefaultIfEmpty().Max();

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    private void Point(ChangeEventArgs change)
    {
        if (int.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var slot) && slot >= 0 && slot < Slots)
        {
            _at = slot;
        }
    }

    private void Leave() => _at = null;

    private string Word(double value) => double.IsNaN(value) ? "–" : Text(value);

    private string Exact(double value) => double.IsNaN(value) ? "–" : Format.Number(value, "#,##0.##") + Unit;

    /// <summary>Within a day the time is enough.</summary>
    private string MomentOf(int slot) => (End - (Step * (Slots - 1 - slot))).ToLocalTime()
        .ToString(Span > TimeSpan.FromDays(1) ? "yyyy-MM-dd HH:mm" : Step < TimeSpan.FromMinutes(1) ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);
}
