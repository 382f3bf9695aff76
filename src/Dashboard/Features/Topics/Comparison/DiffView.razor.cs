using Dashboard.Broker.Monitoring;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics.Comparison;

/// <summary>What changed from one message to another: by value when both are JSON, else by line and word.</summary>
public sealed partial class DiffView : ComponentBase
{
    private (long Before, long After) _shown;
    private bool _isSame;
    private bool _isSameBeginning;
    private bool _isCut;
    private JsonDiff? _json;
    private IReadOnlyList<DiffLine> _lines = [];

    [Parameter, EditorRequired]
    public MessageRecord Before { get; set; } = default!;

    [Parameter, EditorRequired]
    public MessageRecord After { get; set; } = default!;

    protected override void OnParametersSet()
    {
        if (_shown == (Before.Sequence, After.Sequence))
        {
            return;
        }

        _shown = (Before.Sequence, After.Sequence);
        var (before, after) = (Before.Payload, After.Payload);
        var isWhole = before.Length == Before.PayloadSize && after.Length == After.PayloadSize;
        var held = Math.Min(before.Length, after.Length);
        _isSame = isWhole && before.AsSpan().SequenceEqual(after);
        _isSameBeginning = !isWhole && before.AsSpan(0, held).SequenceEqual(after.AsSpan(0, held));
        _isCut = Math.Max(Before.PayloadSize, After.PayloadSize) > Math.Min(TextDiff.MaxBytes, Math.Max(before.Length, after.Length));
        _json = isWhole && !_isSame ? JsonDiff.Of(before, after) : null;
        _lines = _isSame || _isSameBeginning || _json is not null ? [] : TextDiff.Of(before, after);
    }
}
