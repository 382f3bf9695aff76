using System.Text;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Payload;

/// <summary>A JSON document whose objects and arrays can be closed and searched; long ones are drawn only where they are seen.</summary>
public sealed partial class JsonView : ComponentBase
{
    private const int FewLines = 12;
    private const int ManyLines = 300;

    private readonly JsonLines _lines = new();
    private ReadOnlyMemory<byte> _shown;
    private string? _search;
    private string _text = "";
    private int _all;

    /// <summary>What <see cref="JsonOutline"/> can read.</summary>
    [Parameter, EditorRequired]
    public ReadOnlyMemory<byte> Payload { get; set; }

    /// <summary>Every line is there and begins with its indent, so that they can be copied as they stand.</summary>
    private bool IsWhole => _all <= ManyLines && _lines.Visible.Count == _all && !_lines.Visible.Any(line => _lines.Depth(line) > JsonLines.MaxIndent);

    protected override void OnParametersSet()
    {
        if (_shown.Equals(Payload) || JsonOutline.TryRead(Payload) is not { } outline)
        {
            return;
        }

        _shown = Payload;
        _text = Encoding.UTF8.GetString(Payload.Span);
        _lines.Show(outline);
        _all = 0;
        foreach (ref readonly var node in outline.Nodes)
        {
            _all += node.Count > 0 ? 2 : 1;
        }
    }

    private void Find(ChangeEventArgs change)
    {
        _search = change.Value as string;
        _lines.Find(_search);
    }
}
