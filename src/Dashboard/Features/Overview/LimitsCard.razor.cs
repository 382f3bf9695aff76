using System.Globalization;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Live;

namespace Dashboard.Features.Overview;

/// <summary>What is held and how much of it may be, and what was lost to which limit.</summary>
public sealed partial class LimitsCard : LiveView
{
    private StatisticsSnapshot? _shown;

    protected override TimeSpan Pace => ChartPace;

    private IEnumerable<(string Name, long Used, long Limit, Func<long, string> Text)> Limits
    {
        get
        {
            var now = Statistics.Latest;
            yield return (Texts.Overview_Connections, now.Connections, Options.MaxConnections, Format.Count);
            yield return (Texts.Overview_Sessions, now.Sessions, Options.MaxSessions, Format.Count);
            yield return (Texts.Overview_Topics, now.Topics, Options.MaxTopics, Format.Count);
            yield return (Texts.Overview_RetainedMessages, now.Retained, Options.MaxRetainedMessages, Format.Count);
            yield return (Texts.Overview_RetainedBytes, now.RetainedBytes, Options.MaxRetainedBytes, bytes => Format.Bytes(bytes));
            yield return (Texts.Overview_KeptForPages, Topics.HeldBytes, Options.Monitoring.MaxBytes, bytes => Format.Bytes(bytes));
        }
    }

    private IEnumerable<(string Name, long Lost, string? Href)> Losses
    {
        get
        {
            var now = Statistics.Latest;
            yield return (Texts.Overview_LostDropped, now.Dropped, "clients?sort=-dropped");
            yield return (Texts.Overview_LostRetained, now.RetainedRefused, "retained");
            yield return (Texts.Overview_LostUntracked, now.UntrackedMessages, null);
            yield return (Texts.Overview_LostRefused, now.Refused, "clients/refused");
            yield return (Texts.Overview_LostErrors, now.ProtocolErrors, "clients/refused");
        }
    }

    protected override bool HasChanged()
    {
        var before = _shown;
        _shown = Statistics.Latest;
        return !ReferenceEquals(before, _shown);
    }

    private static string Share(long used, long limit) => string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(100.0 * used / limit, 0, 100):0.#}%");
}
