using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Journeys;

/// <summary>The way of one message, or why it is not known.</summary>
public sealed partial class JourneyView : LiveView
{
    private Journey? _journey;
    private long _seen = -1;
    private long _of;

    /// <summary>As <see cref="MessageRecord.Sequence"/>.</summary>
    [Parameter, EditorRequired]
    public long Sequence { get; set; }

    /// <summary>False where it is said already what to do about a refusal.</summary>
    [Parameter]
    public bool Advises { get; set; } = true;

    [Inject]
    private JourneyLog Journeys { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (_of != Sequence)
        {
            _of = Sequence;
            _seen = -1;
            HasChanged();
        }
    }

    protected override bool HasChanged()
    {
        var version = Journeys.Version; // before the look: what comes between is drawn the next time
        if (version == _seen)
        {
            return false;
        }

        _seen = version;
        var before = _journey;
        _journey = Journeys.Find(Sequence);
        return !IsSame(before, _journey);
    }

    private static bool IsSame(Journey? before, Journey? now) =>
        ReferenceEquals(before, now) || (before is not null && now is not null && Moments(before) == Moments(now) && before.MoreReceivers == now.MoreReceivers && LastMoment(before) == LastMoment(now));

    private static int Moments(Journey journey) => journey.Moments.Count + journey.Receivers.Sum(receiver => receiver.Moments.Count);

    private static TimeSpan LastMoment(Journey journey) => journey.Receivers.Select(receiver => receiver.Moments).Append(journey.Moments).Where(moments => moments.Count > 0).Select(moments => moments[^1].After).DefaultIfEmpty().Max();

    private static string ReceiversInWords(Journey journey) => (journey.Receivers.Count + journey.MoreReceivers) switch
    {
        0 => Texts.Journey_Nobody,
        1 => Texts.Journey_OneReceiver,
        var count => Texts.Journey_ReceiverCount.With(Format.Count(count)),
    };
}
