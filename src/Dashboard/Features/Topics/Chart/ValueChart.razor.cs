using System.Globalization;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;

namespace Dashboard.Features.Topics.Chart;

/// <summary>Up to three fields of a topic over time, at the pace of a chart whatever comes; its time is moved by pointer, keys and buttons.</summary>
public sealed partial class ValueChart : LiveView
{
    private const int Most = 3;

    private readonly ChartWindow _window = new();
    private readonly string?[] _chosen = new string?[Most]; // a place is a colour
    private IReadOnlyList<ChartField> _fields = [];
    private List<(ChartField Field, string Path)> _lines = [];
    private (DateTimeOffset First, DateTimeOffset Last) _all;
    private DateTimeOffset _from;
    private DateTimeOffset _to;
    private double _low;
    private double _high;
    private int _odd;
    private string _oddText = "";
    private string _words = "";
    private bool _isTable;
    private bool _isDue = true;
    private ElementReference _plot;
    private PageModule _module = default!;

    [Parameter, EditorRequired]
    public TopicSeries Series { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    private (TimeSpan?, string)[] Lengths =>
        [.. ChartLengths.For(_all.Last - _all.First, _window.Length).Select(length => ((TimeSpan?)length, Format.Duration(length))), (null, Texts.Topics_ChartAll)];

    private IReadOnlyList<ChartField> Chosen => [.. _fields.Where(IsChosen)];

    [JSInvokable]
    public void Pan(double part)
    {
        _window.Pan(part, _all.First, _all.Last, Clock.GetUtcNow());
        Draw();
        StateHasChanged();
    }

    protected override void OnInitialized()
    {
        _module = new PageModule(Js, Assets["js/chart.js"]);
        Draw();
    }

    protected override bool HasChanged()
    {
        Draw();
        return true;
    }

    /// <summary>Not whenever a message comes.</summary>
    protected override bool ShouldRender()
    {
        var isDue = _isDue;
        _isDue = false;
        return isDue;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            await _module.InvokeAsync("watchDrag", _plot, _module.View(this));
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await _module.DisposeAsync();
        await base.DisposeAsync();
    }

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string ClockTime(DateTimeOffset time) => time.ToLocalTime().ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private bool IsChosen(ChartField field) => Array.IndexOf(_chosen, field.Path) >= 0;

    private string Look(ChartField field) => IsChosen(field) ? $"series-{Array.IndexOf(_chosen, field.Path) + 1}" : "off";

    private void Choose(ChartField field)
    {
        var free = Array.IndexOf(_chosen, null);
        if (Array.IndexOf(_chosen, field.Path) is >= 0 and var place)
        {
            _chosen[place] = null;
        }
        else if (free >= 0)
        {
            _chosen[free] = field.Path;
        }

        Draw();
    }

    private void Show(TimeSpan? length)
    {
        _window.Show(length);
        Draw();
    }

    private void ToggleTable()
    {
        _isTable = !_isTable;
        Draw();
    }

    private void OnKey(KeyboardEventArgs key)
    {
        switch (key.Key)
        {
            case "ArrowLeft": Pan(-0.25); break;
            case "ArrowRight": Pan(0.25); break;
            case "+" or "=": Zoom(0.5); break;
            case "-": Zoom(2); break;
        }
    }

    private void Zoom(double factor)
    {
        _window.Zoom(factor, _all.First, _all.Last, Clock.GetUtcNow());
        Draw();
    }

    private void Draw()
    {
        _isDue = true;
        _fields = [.. Series.Fields];
        if (_fields.Count == 0)
        {
            return;
        }

        if (_chosen.All(path => path is null || !_fields.Any(field => field.Path == path)))
        {
            _chosen[0] = _fields[0].Path;
        }

        _all = (_fields.Min(field => field.Points[0].Time), _fields.Max(field => field.Points[^1].Time));
        (_from, _to) = _window.Range(_all.First, _all.Last, Clock.GetUtcNow());
        var seen = Chosen.Select(field => (Field: field, Points: field.Points.Where(point => point.Time >= _from && point.Time <= _to).ToArray())).ToArray();
        var numbers = seen.SelectMany(field => field.Points).Select(point => point.Value).Where(double.IsFinite).ToArray();
        (_low, _high) = numbers.Length == 0 ? (0, 0) : (numbers.Min(), numbers.Max());
        var odd = seen.SelectMany(field => field.Points).Where(point => double.IsNaN(point.Value)).ToArray();
        (_odd, _oddText) = (odd.Length, odd.LastOrDefault().Text ?? "");
        _lines = [.. seen.Select(field => (field.Field, ChartLine.Path(field.Points, _from, _to, _low, _high)))];
        _words = string.Join("; ", seen.Select(InWords));
    }

    private string InWords((ChartField Field, ChartPoint[] Points) seen)
    {
        var numbers = seen.Points.Select(point => point.Value).Where(double.IsFinite).ToArray();
        var words = numbers.Length == 0
            ? Texts.Topics_ChartNothing
            : Texts.Topics_ChartWords.With(Format.Count(numbers.Length), Text(numbers.Min()), Text(numbers.Max()), Text(numbers[^1]));
        return _fields.Count == 1 ? words : $"{seen.Field.Name}: {words}";
    }
}
