using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Dashboard.Shared.Payload;

/// <summary>
/// A JSON document as a flat list of its values, read token by token without recursion, so that ten thousand levels are as
/// safe as one. Numbers and strings stay as they were sent.
/// </summary>
internal sealed class JsonOutline
{
    public const int MaxBytes = 1_000_000;

    private const int PathSteps = 12;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<JsonNode> _nodes = [];

    private JsonOutline(ReadOnlyMemory<byte> bytes) => _bytes = bytes;

    /// <summary>In the order of the document; the outermost value is the first.</summary>
    public ReadOnlySpan<JsonNode> Nodes => CollectionsMarshal.AsSpan(_nodes);

    /// <summary>Null when it is not JSON or too long.</summary>
    public static JsonOutline? TryRead(ReadOnlyMemory<byte> payload) => TryRead(payload, out _);

    /// <param name="problem">Where it is no JSON; null when it is too long: <see cref="Refusal"/> says which.</param>
    public static JsonOutline? TryRead(ReadOnlyMemory<byte> payload, out JsonException? problem)
    {
        problem = null;
        if (payload.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            var outline = new JsonOutline(payload);
            outline.Read();
            return outline;
        }
        catch (JsonException e)
        {
            problem = e;
            return null;
        }
    }

    /// <summary>Why it is not shown as JSON, with the place.</summary>
    public static string Refusal(JsonException? problem) => problem is null
        ? Texts.Shared_JsonTooLong.With(Format.Bytes(MaxBytes))
        : Texts.Shared_NotJson.With(Format.Count((problem.LineNumber ?? 0) + 1), Format.Count((problem.BytePositionInLine ?? 0) + 1));

    /// <summary>The bytes of a value, or of what opens it.</summary>
    public ReadOnlySpan<byte> Raw(in JsonNode node) => _bytes.Span[node.Text];

    /// <summary>The bytes of its name, empty in an array.</summary>
    public ReadOnlySpan<byte> Key(in JsonNode node) => node.Key is { } key ? _bytes.Span[key] : [];

    /// <summary>The way to a value as people write it: <c>rooms[2].temp</c>, <c>["a.b"]</c>; of a very deep one only the end.</summary>
    public string PathOf(int index)
    {
        var steps = new List<string>();
        var at = index;
        for (; _nodes[at].Parent >= 0 && steps.Count < PathSteps; at = _nodes[at].Parent)
        {
            var node = _nodes[at];
            steps.Add(node.Key is null ? $"[{node.Position}]" : NameStep(VisibleText.Of(Key(node))));
        }

        steps.Reverse();
        var path = string.Concat(steps).TrimStart('.');
        return _nodes[at].Parent >= 0 ? "…" + path : path;
    }

    /// <summary>A name that would be taken for more than one step, or for none, stands in quotes.</summary>
    private static string NameStep(string name) => name.Length == 0 || name.AsSpan().ContainsAny(".[]") ? $"[\"{name}\"]" : "." + name;

    private void Read()
    {
        var reader = new Utf8JsonReader(_bytes.Span, new JsonReaderOptions { MaxDepth = MaxBytes });
        var open = -1;
        Range? key = null;
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _nodes[open] = _nodes[open] with { Last = _nodes.Count - 1 };
                open = _nodes[open].Parent;
                continue;
            }

            var start = (int)reader.TokenStartIndex;
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                key = (start + 1)..(start + 1 + reader.ValueSpan.Length);
                continue;
            }

            Add(ref reader, open, key, start);
            key = null;
            open = _nodes[^1].IsContainer ? _nodes.Count - 1 : open;
        }
    }

    private void Add(ref Utf8JsonReader reader, int parent, Range? key, int start)
    {
        var quotes = reader.TokenType == JsonTokenType.String ? 2 : 0;
        var position = 0;
        var path = 14695981039346656037UL;
        if (parent >= 0)
        {
            position = _nodes[parent].Count;
            _nodes[parent] = _nodes[parent] with { Count = position + 1 };
            path = Step(_nodes[parent].Path, key is { } name ? _bytes.Span[name] : Encoding.UTF8.GetBytes($"[{position}]"));
        }

        var text = start..(start + reader.ValueSpan.Length + quotes);
        var depth = parent < 0 ? 0 : _nodes[parent].Depth + 1;
        _nodes.Add(new JsonNode(reader.TokenType, parent, depth, position, key, text, path) { Last = _nodes.Count });
    }

    /// <summary>FNV-1a, with a byte between two steps that stands in no name.</summary>
    private static ulong Step(ulong hash, ReadOnlySpan<byte> name)
    {
        hash = (hash ^ 0xFF) * 1099511628211UL;
        foreach (var value in name)
        {
            hash = (hash ^ value) * 1099511628211UL;
        }

        return hash;
    }
}
