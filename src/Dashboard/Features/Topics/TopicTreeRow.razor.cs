using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics;

/// <summary>What stands in one row; the last value is pulled whenever the tree is drawn.</summary>
public sealed partial class TopicTreeRow : ComponentBase
{
    private TopicInfo? _info;
    private Range _mark;

    [Parameter, EditorRequired]
    public EventCallback Toggled { get; set; }

    [Parameter]
    public bool IsRetained { get; set; }

    [Parameter, EditorRequired]
    public TopicRow Row { get; set; }

    [Parameter, EditorRequired]
    public TopicSearch Search { get; set; } = default!;

    private string Before => Row.Node.Level[.._mark.Start.Value];

    private string Marked => Row.Node.Level[_mark];

    private string After => Row.Node.Level[_mark.End.Value..];

    protected override void OnParametersSet()
    {
        _info = Row.Node.Glance(PayloadLine.Bytes);
        _mark = Search.Mark(Row.Node.Level);
    }
}
