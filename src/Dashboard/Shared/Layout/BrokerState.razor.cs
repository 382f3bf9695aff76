using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Layout;

public sealed partial class BrokerState : LiveView
{
    private StateWords _words = StateWords.Of(0, now: null);

    [Inject]
    private BrokerStatistics Statistics { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    protected override void OnInitialized() => _words = Read();

    protected override bool HasChanged()
    {
        var words = Read();
        if (words == _words)
        {
            return false;
        }

        _words = words;
        return true;
    }

    private StateWords Read() => StateWords.Of(Statistics.Latest.Clients, Statistics.Newest);
}

/// <summary>The state of the broker in a few words.</summary>
internal sealed record StateWords(string Clients, string Rate, string Title, Tone Tone)
{
    public static StateWords Of(int clients, RateSample? now)
    {
        var count = clients == 1 ? Texts.Shell_OneClient : Texts.Shell_Clients.With(Format.Count(clients));
        var rate = Texts.Shell_MessageRate.With(Format.Rate(now?.MessagesIn ?? 0));
        if (now?.Dropped > 0)
        {
            return new StateWords(count, rate, Texts.Shell_Dropping.With(Format.Rate(now.Dropped)), Tone.Warning);
        }

        var title = Texts.Shell_RateTitle.With(Format.Rate(now?.MessagesIn ?? 0), Format.Rate(now?.MessagesOut ?? 0));
        return new StateWords(count, rate, title, clients == 0 ? Tone.Neutral : Tone.Good);
    }
}
