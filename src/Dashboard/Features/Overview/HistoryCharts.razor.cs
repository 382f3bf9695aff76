using Dashboard.Broker.Monitoring.History;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Overview;

/// <summary>What the broker did over a stretch of time that the address names, as curves or as a table. It reads again when a step is over.</summary>
public sealed partial class HistoryCharts : LiveView
{
    private ChartRange _range = ChartRange.TenMinutes;
    private HistoryView _view = new([], ChartRange.TenMinutes.Slot, ChartRange.TenMinutes.History.Length, default);
    private RateSeries[] _messages = [];
    private RateSeries[] _bytes = [];
    private RateSeries[] _clients = [];
    private RateSeries[] _held = [];
    private RateSeries[] _lost = [];
    private RateSeries[] _memory = [];
    private bool _showsTable;

    protected override TimeSpan Pace => ChartPace;

    [Inject]
    private BrokerHistory History { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    private static IReadOnlyList<(ChartRange, string)> Ranges => [.. ChartRange.All.Select(range => (range, range.Name))];

    private TimeSpan Step => _showsTable ? _range.Row : _range.Slot;

    protected override void OnInitialized()
    {
        _range = ChartRange.Of(Url.Get("range"));
        _showsTable = Url.Get("as") == "table";
        Read();
    }

    protected override bool HasChanged()
    {
        var seconds = (long)Step.TotalSeconds;
        var now = Clock.GetUtcNow().ToUnixTimeSeconds();
        if (_view.End.ToUnixTimeSeconds() == now / seconds * seconds)
        {
            return false;
        }

        Read();
        return true;
    }

    private static string Whole(double value) => Format.Count((long)Math.Round(value));

    private void Read()
    {
        var points = History.Read(_range.History);
        _view = new HistoryView(points, Step, _range.History.Length, Clock.GetUtcNow());
        if (_showsTable)
        {
            return;
        }

        _messages = [Curve(Texts.Overview_In, HistoryFigure.MessagesIn, "messages"), Curve(Texts.Overview_Out, HistoryFigure.MessagesOut, "clients?sort=-sent")];
        _bytes = [Curve(Texts.Overview_In, HistoryFigure.BytesIn, "clients?sort=-received"), Curve(Texts.Overview_Out, HistoryFigure.BytesOut, "clients?sort=-sent")];
        _clients =
        [
            Curve(Texts.Overview_Connected, HistoryFigure.Clients, "clients?show=connected"),
            Curve(Texts.Overview_Sessions, HistoryFigure.Sessions, "clients"),
            Curve(Texts.Overview_Subscriptions, HistoryFigure.Subscriptions, "clients?sort=-subscriptions"),
        ];
        _held = [Curve(Texts.Overview_Retained, HistoryFigure.Retained, "retained"), Curve(Texts.Overview_Queued, HistoryFigure.Queued, "clients?sort=-queued")];
        _lost =
        [
            Curve(Texts.Overview_DroppedSlow, HistoryFigure.DroppedSlow, "clients?sort=-dropped"),
            Curve(Texts.Overview_DroppedQueue, HistoryFigure.DroppedQueue, "clients?sort=-dropped"),
            Curve(Texts.Overview_DroppedExpired, HistoryFigure.DroppedExpired, "clients?sort=-dropped"),
            Curve(Texts.Overview_RefusedConnections, HistoryFigure.Refused, "clients/refused"),
        ];
        _memory = [Curve(Texts.Overview_Process, HistoryFigure.Memory, "#limits")];
    }

    private RateSeries Curve(string name, HistoryFigure figure, string href) => new(name, _view.Values(figure), href);

    private async Task ChooseAsync(ChartRange range)
    {
        _range = range;
        Read();
        await Url.SetAsync("range", range == ChartRange.TenMinutes ? null : range.Key);
    }

    private async Task ToggleTable()
    {
        _showsTable = !_showsTable;
        Read();
        await Url.SetAsync("as", _showsTable ? "table" : null);
    }
}
