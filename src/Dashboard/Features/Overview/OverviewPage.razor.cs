using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Monitoring.History;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Overview;

/// <summary>What the broker does now. As long as nobody has used it, how to use it comes first.</summary>
public sealed partial class OverviewPage : LiveView
{
    private bool _isUnused;

    [Inject]
    private BrokerStatistics Statistics { get; set; } = default!;

    [Inject]
    private BrokerHistory History { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    protected override void OnInitialized() => _isUnused = IsUnused();

    /// <summary>Once it is used, it stays so.</summary>
    protected override bool HasChanged()
    {
        if (!_isUnused || IsUnused())
        {
            return false;
        }

        _isUnused = false;
        return true;
    }

    private bool IsUnused() => Statistics.Latest is { Sessions: 0, PublishesReceived: 0, OwnRetained: 0, OwnTopics: 0 }
        && History.Read(HistoryRange.Month).All(point => point[HistoryFigure.Sessions] == 0);
}
