using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Retained;

/// <summary>One stored message with its whole payload, as it is now.</summary>
public sealed partial class RetainedDetail : LiveView
{
    private RetainedMessage? _message;
    private long? _sequence;
    private int _replays;
    private long _version = -1;

    [Parameter, EditorRequired]
    public string Topic { get; set; } = "";

    [Parameter]
    public EventCallback Closed { get; set; }

    [Parameter]
    public EventCallback<string> Delete { get; set; }

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    protected override TimeSpan Pace => ChartPace;

    protected override void OnParametersSet() => Read();

    protected override bool HasChanged()
    {
        Read();
        return true;
    }

    /// <summary>The same message stays the same object, so that its payload is not laid out anew.</summary>
    private void Read()
    {
        _replays = Broker.ReadRetained([Topic], maxPayload: 0)[0]?.Replays ?? 0;
        if (_version != Broker.RetainedVersion || _message?.ExpiresAt is not null)
        {
            ReadMessage();
        }

        // The store has a message a moment before the history has it.
        _sequence ??= Monitor.History(Topic, maxPayload: 0).FirstOrDefault(one => one.Retain && one.Time == _message?.StoredAt)?.Sequence;
    }

    private void ReadMessage()
    {
        _version = Broker.RetainedVersion;
        var message = Broker.FindRetained(Topic);
        if (message is null || _message is null || message.StoredAt != _message.StoredAt || !message.Payload.AsSpan().SequenceEqual(_message.Payload))
        {
            _message = message;
            _sequence = null;
        }
    }
}
