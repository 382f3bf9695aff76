using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Deletions;
using Dashboard.Shared.Held;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Overview;

/// <summary>What is held and how much of it may be, by number and by bytes, and what was lost to which limit.</summary>
public sealed partial class LimitsCard : LiveView
{
    private StatisticsSnapshot? _shown;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private BrokerStatistics Statistics { get; set; } = default!;

    [Inject]
    private TopicMonitor Topics { get; set; } = default!;

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private JourneyLog Journeys { get; set; } = default!;

    [Inject]
    private PacketTraces Traces { get; set; } = default!;

    [Inject]
    private ClientEventLog Events { get; set; } = default!;

    [Inject]
    private RecentDeletions Deletions { get; set; } = default!;

    [Inject]
    private IEnumerable<IHoldsMemory> Holders { get; set; } = [];

    protected override TimeSpan Pace => ChartPace;

    private BrokerOptions Options => Broker.Options;

    private IEnumerable<Limit> Counts
    {
        get
        {
            var now = Statistics.Latest;
            yield return Number(Texts.Overview_Connections, now.Connections, Options.MaxConnections, "clients?show=connected");
            yield return Number(Texts.Overview_Sessions, now.Sessions, Options.MaxSessions, "clients");
            yield return WithSystem(Texts.Overview_Topics, now.Topics, now.SystemTopics, Options.MaxTopics, "topics");
            yield return WithSystem(Texts.Overview_RetainedMessages, now.Retained, now.SystemRetained, Options.MaxRetainedMessages, "retained");
            yield return new Limit(Texts.Overview_Queued, "clients?sort=-queued", now.Queued, 0, Number, Texts.Overview_PerSession.With(Format.Count(Options.MaxQueuedMessages)));
            yield return Number(Texts.Overview_ClientEvents, Events.Kept, Options.Monitoring.ClientEvents, "clients/events");
        }
    }

    private IEnumerable<Limit> Bytes
    {
        get
        {
            var now = Statistics.Latest;
            yield return Size(Texts.Overview_WholeProcess, now.MemoryBytes, Options.MaxMemory, "?range=24h");
            yield return Size(Texts.Overview_RetainedMessages, now.RetainedBytes, Options.MaxRetainedBytes, "retained");
            yield return new Limit(Texts.Overview_Queues, "clients?sort=-queued", now.QueuedBytes, 0, Size, Texts.Overview_PerSession.With(Format.Bytes(Options.MaxQueuedBytes)));
            yield return new Limit(Texts.Overview_Outboxes, "clients?sort=-queued", now.OutboxBytes, 0, Size, Texts.Overview_PerClient.With(Format.Bytes(Options.MaxOutboxBytes)));
            yield return Size(Texts.Overview_TopicHistories, Topics.HeldBytes, Options.Monitoring.MaxBytes, "topics");
            yield return new Limit(Texts.Overview_OpenStreams.With(Streams.Count), "messages", Streams.HeldBytes, 0, Size, Texts.Overview_PerPage.With(Format.Bytes(Options.Monitoring.StreamBytes)));
            yield return Size(Texts.Overview_Journeys, Journeys.Bytes, Options.Monitoring.JourneyBytes, "messages");
            yield return new Limit(Texts.Overview_PacketCaptures.With(Traces.Count), "clients", Traces.HeldBytes, 0, Size, Texts.Overview_PerClient.With(Format.Bytes(Options.Monitoring.TraceBytes)));
            yield return Size(Texts.Overview_Undo, Deletions.HeldBytes, Deletions.MaxBytes, "retained");
            foreach (var held in Holders.Select(holder => holder.Held))
            {
                yield return Size(held.Name, held.Bytes, held.Cap, held.Href);
            }
        }
    }

    private IEnumerable<(string Name, long Lost, string Href)> Losses
    {
        get
        {
            var now = Statistics.Latest;
            yield return (Texts.Overview_LostSlow, now.Dropped.SlowClient, "clients?sort=-dropped");
            yield return (Texts.Overview_LostQueue, now.Dropped.QueueFull, "clients?sort=-dropped");
            yield return (Texts.Overview_LostExpired, now.Dropped.Expired, "clients?sort=-dropped");
            yield return (Texts.Overview_LostRetained, now.RetainedRefused, "retained");
            yield return (Texts.Overview_LostUntracked, now.UntrackedMessages, "topics");
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

    private static Limit Number(string name, long used, long cap, string href) => new(name, href, used, cap, Number, Texts.Overview_Of.With(Number(cap)));

    /// <summary>The cap is one of all, the broker's own among them.</summary>
    private static Limit WithSystem(string name, long used, long system, long cap, string href) =>
        new(name, href, used, cap, _ => Number(used - system), Texts.Overview_OfWithSystem.With(Number(system), Number(cap)));

    private static Limit Size(string name, long used, long cap, string href) => new(name, href, used, cap, Size, cap > 0 ? Texts.Overview_Of.With(Size(cap)) : "");

    private static string Number(long value) => Format.Count(value);

    private static string Size(long value) => Format.Bytes(value);

    /// <param name="Cap">0 when the cap is not one of the whole.</param>
    private sealed record Limit(string Name, string Href, long Used, long Cap, Func<long, string> Text, string CapInWords);
}
