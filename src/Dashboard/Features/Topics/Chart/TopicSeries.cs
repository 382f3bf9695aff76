using System.Text.Json;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Payload;

namespace Dashboard.Features.Topics.Chart;

/// <summary>
/// The numbers in the messages of one topic: what the history has when the page is opened, and what comes while it is open.
/// Used by one renderer, not thread-safe.
/// </summary>
public sealed class TopicSeries
{
    /// <summary>Longer payloads are not looked at for numbers.</summary>
    public const int MaxPayload = 8 * 1024;

    /// <summary>Fields that are drawn.</summary>
    public const int MaxFields = 20;

    private const int Fewest = 3;

    private readonly List<ChartField> _fields = [];
    private readonly HashSet<ulong> _met = [];

    /// <summary>Fields that were numbers at least three times, in the order they were first seen.</summary>
    public IEnumerable<ChartField> Fields => _fields.Where(one => one.Numbers >= Fewest);

    public long LastSequence { get; private set; }

    /// <summary>There are more numbers than can be drawn.</summary>
    public bool HasMoreFields { get; private set; }

    /// <summary>Messages that seem to be JSON and were too long to look for numbers in them.</summary>
    public int TooLong { get; private set; }

    /// <param name="messages">Newest first, as the history gives them.</param>
    public void Add(IReadOnlyList<MessageRecord> messages)
    {
        for (var i = messages.Count - 1; i >= 0; i--)
        {
            Add(messages[i]);
            LastSequence = messages[i].Sequence;
        }
    }

    private void Add(MessageRecord message)
    {
        if (message.PayloadSize > MaxPayload && message.Payload.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..])
        {
            TooLong++;
        }

        if (NumberReadings.TryText(message.Payload, out var value))
        {
            Field("")?.Add(new ChartPoint(message.Time, Drawable(value), VisibleText.Of(message.Payload).Trim()));
        }
        else if (message.PayloadSize <= MaxPayload && JsonOutline.TryRead(message.Payload) is { } json && json.Nodes[0].IsContainer)
        {
            AddFields(message, json);
        }
        else if (_fields.Find(field => field.Path.Length == 0) is { } whole)
        {
            whole.Add(new ChartPoint(message.Time, double.NaN, PayloadLine.Of(message.Payload, message.PayloadSize)));
        }
    }

    private void AddFields(MessageRecord message, JsonOutline json)
    {
        var nodes = json.Nodes;
        _met.Clear();
        for (var i = 0; i < nodes.Length; i++)
        {
            // Of a name that comes twice the first counts, as in a search.
            if (nodes[i].Kind == JsonTokenType.Number && _met.Add(nodes[i].Path) && NumberReadings.TryText(json.Raw(nodes[i]), out var value))
            {
                Field(json.PathOf(i))?.Add(new ChartPoint(message.Time, Drawable(value), VisibleText.Of(json.Raw(nodes[i]))));
            }
        }
    }

    private static double Drawable(double value) => double.IsFinite(value) ? value : double.NaN;

    private ChartField? Field(string path)
    {
        if (_fields.Find(field => field.Path == path) is { } known)
        {
            return known;
        }

        if (_fields.Count == MaxFields)
        {
            HasMoreFields = true;
            return null;
        }

        _fields.Add(new ChartField(path));
        return _fields[^1];
    }
}
