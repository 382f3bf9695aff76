using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Payload;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics;

/// <summary>What stands in one row; the last value is pulled whenever the tree is drawn.</summary>
public sealed partial class TopicTreeRow : ComponentBase
{
    private string _level = "";
    private const int SparkValues = 20;
    private const int FewestForSpark = 3;

    private TopicInfo? _info;
    private Range _mark;
    private string _value = "";
    private Range _valueMark;
    private TimeSpan _age;
    private TopicPace _pace;
    private bool _isLate;
    private string? _lateTitle;
    private string? _spark;
    private (TopicNode? Node, long Sequence) _drawn;

    [Parameter, EditorRequired]
    public EventCallback Toggled { get; set; }

    [Parameter]
    public bool IsMuted { get; set; }

    /// <summary>It is muted itself, not by a level above.</summary>
    [Parameter]
    public bool IsListed { get; set; }

    [Parameter, EditorRequired]
    public EventCallback MuteToggled { get; set; }

    [Parameter]
    public bool IsRetained { get; set; }

    [Parameter, EditorRequired]
    public TopicOrder Order { get; set; } = default!;

    [Parameter, EditorRequired]
    public TopicRow Row { get; set; }

    [Parameter, EditorRequired]
    public TopicSearch Search { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private string MuteWords => (IsListed ? Texts.Shared_UnmuteThis : Texts.Topics_MuteThis).With(Row.Node.Path);

    /// <summary>What the rows are ordered by: of a topic as it is now, of a level as it was when the order was taken.</summary>
    private string Measure => (Order.Sort, _info) switch
    {
        (TopicSort.Rate, null) => Texts.Topics_PerSecond.With(Format.Rate(Order.Value(Row.Node))),
        (TopicSort.Rate, _) => Texts.Topics_PerSecond.With(Format.Rate(_pace.PerSecond)),
        (TopicSort.Size, null) => Format.Bytes(Order.Value(Row.Node)),
        (TopicSort.Size, _) => Format.Bytes(_info.Bytes),
        (_, null) => Format.Count((long)Order.Value(Row.Node)),
        _ => Format.Count(_info.Messages),
    };

    protected override void OnParametersSet()
    {
        _info = IsMuted ? null : Row.Node.Glance(PayloadLine.Bytes);
        _value = _info is null ? "" : PayloadLine.Of(_info.Last.Payload, _info.Last.PayloadSize);
        _valueMark = Row.IsMatch ? Search.MarkValue(_value) : ..0;
        _level = VisibleText.Of(Row.Node.Level);
        _mark = Search.Mark(Row.Node.Level, Row.IsMatch && _valueMark.Equals(..0));
        if (_info is null)
        {
            return;
        }

        var now = Clock.GetUtcNow();
        _age = now - _info.Last.Time;
        _pace = Row.Node.Pace(now);
        _isLate = _age > _pace.LateAfter;
        _lateTitle = _pace.Usual is { } usual ? Texts.Topics_LateTitle.With(Format.Duration(usual), Format.Duration(_pace.LateAfter!.Value)) : null;
        if (_drawn != (Row.Node, _info.Last.Sequence))
        {
            _drawn = (Row.Node, _info.Last.Sequence);
            _spark = Spark(Row.Node.Numbers);
        }
    }

    private static string? Spark(IReadOnlyList<double> numbers)
    {
        var values = numbers.TakeLast(SparkValues).ToArray();
        if (values.Length < FewestForSpark)
        {
            return null;
        }

        var (low, high) = (values.Min(), values.Max());
        return Curve.Line([.. values.Select(value => high > low ? (value / 2) - (low / 2) : 1)], values.Length, high > low ? (high / 2) - (low / 2) : 2);
    }
}
