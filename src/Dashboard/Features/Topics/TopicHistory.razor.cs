using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics;

/// <summary>The recent messages of a topic, to pick one from and to save as a file.</summary>
public sealed partial class TopicHistory : ComponentBase
{
    private ICollection<MessageRecord> _list = [];

    [Parameter, EditorRequired]
    public TopicInfo Info { get; set; } = default!;

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<MessageRecord> Messages { get; set; } = [];

    /// <summary>The sequence of the newest message.</summary>
    [Parameter, EditorRequired]
    public long Newest { get; set; }

    /// <summary>The sequence of the message that is shown.</summary>
    [Parameter, EditorRequired]
    public long Picked { get; set; }

    /// <summary>Told the sequence of an older message, or null for the newest, whatever comes.</summary>
    [Parameter]
    public EventCallback<long?> PickedChanged { get; set; }

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    protected override void OnParametersSet() => _list = Messages as ICollection<MessageRecord> ?? [.. Messages];

    private string Export(string format) => $"topics/history?topic={Uri.EscapeDataString(Info.Name)}&format={format}";
}
