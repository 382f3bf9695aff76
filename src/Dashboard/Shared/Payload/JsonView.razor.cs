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

    /// <summary>All lines are drawn, whether they are seen or not.</summary>
    private bool IsShort => _all <= ManyLines;

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
