using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Features.Topics;

/// <summary>One topic: its last message or an older one, how it came, and what came before.</summary>
public sealed partial class TopicDetail : LiveView
{
    private TopicInfo? _info;
    private IReadOnlyList<MessageRecord> _history = [];
    private NumberSeries? _numbers;
    private MessageRecord? _picked;
    private int _below;
    private bool _isRetained;
    private string? _outcome;
    private long _second;

    [Parameter, EditorRequired]
    public string Topic { get; set; } = "";

    [Parameter]
    public EventCallback Closed { get; set; }

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private MessageRecord? Shown => _picked ?? _info?.Last;

    protected override void OnInitialized() => HasChanged();

    protected override bool HasChanged()
    {
        var node = Monitor.Find(Topic);
        var retained = Broker.HasRetained(Topic);
        var below = node is null ? 0 : node.Topics - (node.IsTopic ? 1 : 0);
        var second = Clock.GetUtcNow().ToUnixTimeSeconds();
        var changed = (node?.LastSequence ?? 0) != (_info?.Last.Sequence ?? 0) || retained != _isRetained || below != _below || second != _second;
        if (!changed)
        {
            return false;
        }

        _history = Monitor.History(Topic, PayloadLine.Bytes);
        _numbers = NumberSeries.Of(_history);
        _info = node?.Info;
        (_isRetained, _below, _second) = (retained, below, second);
        return true;
    }

    private void Pick(long? sequence) =>
        _picked = sequence is null || sequence == _info?.Last.Sequence
            ? null
            : Monitor.History(Topic).FirstOrDefault(message => message.Sequence == sequence);

    private async Task DeleteRetained()
    {
        if (await Dialogs.ConfirmAsync("Delete the retained message?", $"New subscribers of {Topic} will no longer get it. Those who have it keep it.", "Delete it", dangerous: true))
        {
            _outcome = Broker.DeleteRetained(Topic) ? "The retained message was deleted." : "The retained message was already gone.";
            _isRetained = Broker.HasRetained(Topic);
        }
    }
}
