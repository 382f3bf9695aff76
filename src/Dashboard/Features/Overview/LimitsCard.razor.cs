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
            yield return ("Connections", now.Connections, Options.MaxConnections, Format.Count);
            yield return ("Sessions", now.Sessions, Options.MaxSessions, Format.Count);
            yield return ("Topics", now.Topics, Options.MaxTopics, Format.Count);
            yield return ("Retained messages", now.Retained, Options.MaxRetainedMessages, Format.Count);
            yield return ("Bytes of retained messages", now.RetainedBytes, Options.MaxRetainedBytes, bytes => Format.Bytes(bytes));
            yield return ("Bytes of messages kept for these pages", Topics.HeldBytes, Options.Monitoring.MaxBytes, bytes => Format.Bytes(bytes));
        }
    }

    private IEnumerable<(string Name, long Lost, string? Href)> Losses
    {
        get
        {
            var now = Statistics.Latest;
            yield return ("Deliveries dropped: the client was too slow, or its queue full", now.Dropped, "clients?sort=-dropped");
            yield return ("Retained messages refused: the store was full", now.RetainedRefused, "retained");
            yield return ("Messages on topics past the limit, not shown on Topics", now.UntrackedMessages, null);
            yield return ("Connections refused", now.Refused, "clients/refused");
            yield return ("Connections closed for breaking the standard", now.ProtocolErrors, "clients/refused");
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
