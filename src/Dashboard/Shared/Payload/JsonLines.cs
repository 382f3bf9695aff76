using System.Text;
using System.Text.Json;

namespace Dashboard.Shared.Payload;

/// <summary>One line of a JSON document: a value, or the end of the one that was opened before.</summary>
internal readonly record struct JsonLine(int Node, bool IsEnd);

/// <summary>The lines of a JSON document that are to be seen: without what is closed, or only what a text finds and what lies around it.</summary>
internal sealed class JsonLines
{
    /// <summary>Deeper lines are not indented further, but say how deep they are.</summary>
    public const int MaxIndent = 24;

    private const int MaxValue = 2_000;

    private readonly HashSet<ulong> _closed = [];
    private JsonOutline? _outline;
    private string? _search;

    public List<JsonLine> Visible { get; private set; } = [];

    /// <summary>Values whose name or text has what is searched for.</summary>
    public int Found { get; private set; }

    public bool IsSearching => !string.IsNullOrEmpty(_search);

    public bool HasClosed => _closed.Count > 0;

    /// <summary>Shows another document; what was closed in the last one stays closed.</summary>
    public void Show(JsonOutline outline)
    {
        _outline = outline;
        Make();
    }

    public void Find(string? text)
    {
        _search = text;
        Make();
    }

    public void Toggle(int node)
    {
        var path = _outline!.Nodes[node].Path;
        if (!_closed.Remove(path))
        {
            _closed.Add(path);
        }

        Make();
    }

    public void CloseAll()
    {
        foreach (ref readonly var node in _outline!.Nodes)
        {
            if (node is { IsContainer: true, Depth: > 0, Count: > 0 })
            {
                _closed.Add(node.Path);
            }
        }

        Make();
    }

    public void OpenAll()
    {
        _closed.Clear();
        Make();
    }

    /// <summary>Null when nothing can be closed on this line.</summary>
    public bool? IsOpen(JsonLine line) =>
        line.IsEnd || IsSearching || _outline!.Nodes[line.Node] is not { IsContainer: true, Count: > 0 } node ? null : !_closed.Contains(node.Path);

    public int Depth(JsonLine line) => _outline!.Nodes[line.Node].Depth;

    public string Text(JsonLine line)
    {
        var node = _outline!.Nodes[line.Node];
        var close = node.Kind == JsonTokenType.StartObject ? "}" : "]";
        var text = new StringBuilder();
        if (line.IsEnd)
        {
            text.Append(close);
        }
        else
        {
            text.Append(node.Key is null ? "" : $"\"{VisibleText.Of(_outline.Key(node))}\": ");
            AppendValue(text, node);
            if (node.IsContainer && (node.Count == 0 || IsOpen(line) == false))
            {
                text.Append(node.Count == 0 ? "" : $" {Format.Count(node.Count)} … ").Append(close);
            }
            else if (node.IsContainer)
            {
                return text.ToString();
            }
        }

        return text.Append(node.Parent >= 0 && node.Last != _outline.Nodes[node.Parent].Last ? "," : "").ToString();
    }

    private void AppendValue(StringBuilder text, in JsonNode node)
    {
        var raw = _outline!.Raw(node);
        if (raw.Length <= MaxValue)
        {
            text.Append(VisibleText.Of(raw));
            return;
        }

        text.Append(VisibleText.Of(raw[..MaxValue]).TrimEnd('\uFFFD')).Append("… ").Append(Texts.Shared_JsonValueCut.With(Format.Bytes(raw.Length - MaxValue)));
    }

    private void Make()
    {
        if (_outline is null)
        {
            return;
        }

        var nodes = _outline.Nodes;
        var found = IsSearching ? Search() : null;
        var open = new Stack<int>();
        var lines = new List<JsonLine>();
        for (var i = 0; i < nodes.Length;)
        {
            CloseBefore(i, nodes);
            if (found?[i] == false)
            {
                i = nodes[i].Last + 1;
                continue;
            }

            lines.Add(new JsonLine(i, IsEnd: false));
            var enters = nodes[i].Count > 0 && (found is not null || !_closed.Contains(nodes[i].Path));
            if (enters)
            {
                open.Push(i);
            }

            i = enters ? i + 1 : nodes[i].Last + 1;
        }

        CloseBefore(int.MaxValue, nodes);
        Visible = lines;

        void CloseBefore(int index, ReadOnlySpan<JsonNode> all)
        {
            while (open.TryPeek(out var around) && all[around].Last < index)
            {
                lines.Add(new JsonLine(open.Pop(), IsEnd: true));
            }
        }
    }

    /// <summary>What to show: each value that is found, and all around it.</summary>
    private bool[] Search()
    {
        var nodes = _outline!.Nodes;
        var shown = new bool[nodes.Length];
        Found = 0;
        for (var i = 0; i < nodes.Length; i++)
        {
            if (!Has(_outline.Key(nodes[i])) && (nodes[i].IsContainer || !Has(_outline.Raw(nodes[i]))))
            {
                continue;
            }

            Found++;
            for (var at = i; at >= 0 && !shown[at]; at = nodes[at].Parent)
            {
                shown[at] = true;
            }
        }

        return shown;

        bool Has(ReadOnlySpan<byte> utf8) => utf8.Length > 0 && Encoding.UTF8.GetString(utf8).Contains(_search!, StringComparison.OrdinalIgnoreCase);
    }
}
