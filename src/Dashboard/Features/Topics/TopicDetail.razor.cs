using System.Globalization;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Topics.Chart;
using Dashboard.Shared.Live;
using Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics;

/// <summary>One topic: its last message or an older one, how it came, what it changed, and what came before.</summary>
public sealed partial class TopicDetail : LiveView
{
    private readonly TopicSeries _series = new();
    private TopicInfo? _info;
    private IReadOnlyList<MessageRecord> _history = [];
    private TopicPace _pace;
    private MessageRecord? _picked;
    private MessageRecord? _other;
    private MessageRecord? _previous;
    private byte[]? _whole;
    private bool _compares;
    private int _below;
    private long _second;
    private IDisposable? _watch;

    [Parameter, EditorRequired]
    public string Topic { get; set; } = "";

    [Parameter]
    public EventCallback Closed { get; set; }

    /// <summary>What else can be done with the topic.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    private static (bool, string)[] Views => [(false, Texts.Shared_Payload), (true, Texts.Topics_Changes)];

    /// <summary>The levels above, from the first.</summary>
    private List<(string Level, string Path)> Above
    {
        get
        {
            var above = new List<(string, string)>();
            for (var end = Topic.IndexOf('/', StringComparison.Ordinal); end >= 0; end = Topic.IndexOf('/', end + 1))
            {
                var path = Topic[..end];
                above.Add((path[(path.LastIndexOf('/') + 1)..], path));
            }

            return above;
        }
    }

    private MessageRecord? Shown => _picked ?? _info?.Last;

    /// <summary>Set when only the beginning of the message is kept here, and the store of retained messages has all of it.</summary>
    private EventCallback Whole => Shown is { } shown && shown.Payload.Length < shown.PayloadSize && _whole is null && Stored(shown) is not null
        ? EventCallback.Factory.Create(this, () => _whole = Stored(shown))
        : default;

    public override ValueTask DisposeAsync()
    {
        _watch?.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>From now on the journeys of its messages are recorded.</summary>
    protected override void OnInitialized()
    {
        _watch = Streams.Watch(Topic);
        HasChanged();
    }

    protected override bool HasChanged()
    {
        var node = Monitor.Find(Topic);
        var below = node is null ? 0 : node.Topics - (node.IsTopic ? 1 : 0);
        var second = Clock.GetUtcNow().ToUnixTimeSeconds();
        var came = (node?.LastSequence ?? 0) != (_info?.Last.Sequence ?? 0);
        if (!came && below == _below && second == _second)
        {
            return false;
        }

        if (came)
        {
            _history = Monitor.History(Topic, PayloadLine.Bytes);
            _series.Add(Monitor.History(Topic, TopicSeries.MaxPayload, _series.LastSequence));
            _pace = node?.Pace(Clock.GetUtcNow()) ?? default;
            _info = node?.Info;
            _whole = _picked is null ? null : _whole;
        }

        (_below, _second) = (below, second);
        return true;
    }

    private static string ClockTime(MessageRecord message) =>
        $"{message.Time.ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture)}  {PayloadLine.Of(message.Payload, message.PayloadSize).AsSpan() switch { { Length: > 40 } line => $"{line[..40]}…", var line => line.ToString() }}";

    private void Pick(long? sequence)
    {
        _picked = sequence is null || sequence == _info?.Last.Sequence ? null : Monitor.Message(Topic, sequence.Value);
        _whole = null;
    }

    private void Compare(bool compares) => _compares = compares;

    private void CompareWith(ChangeEventArgs change) =>
        _other = long.TryParse(change.Value as string, CultureInfo.InvariantCulture, out var sequence) ? Monitor.Message(Topic, sequence) : null;

    /// <summary>What the shown message is compared with: the one that was chosen, or the one before it.</summary>
    private MessageRecord? Other()
    {
        if (_other is not null && _other.Sequence != Shown!.Sequence)
        {
            return _other;
        }

        var before = _history.FirstOrDefault(message => message.Sequence < Shown!.Sequence);
        if (before?.Sequence != _previous?.Sequence)
        {
            _previous = before is null ? null : Monitor.Message(Topic, before.Sequence);
        }

        return _previous;
    }

    /// <summary>The retained store holds the whole of a message whose beginning the history has, when it is that very message.</summary>
    private byte[]? Stored(MessageRecord shown) =>
        shown.Retain && Broker.FindRetained(Topic) is { } stored && stored.StoredAt.ToUnixTimeMilliseconds() == shown.Time.ToUnixTimeMilliseconds()
        && stored.PayloadSize == shown.PayloadSize && stored.Payload.AsSpan().StartsWith(shown.Payload)
            ? stored.Payload
            : null;
}
