using System.Buffers;
using System.Text.Json;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Messages.Query;

/// <summary>The fields of the last JSON payloads, for suggestions. The work is bounded, however many topics there are.</summary>
internal static class JsonFields
{
    private static readonly SearchValues<char> NotInPaths = SearchValues.Create(":=<>!\"/.[]");

    private const int MaxNodes = 5_000;
    private const int MaxPayloads = 200;
    private const int MaxPayload = 4 * 1024;
    private const int MaxFields = 200;
    private const int MaxDepth = 6;

    /// <param name="filter">Only of topics that it matches.</param>
    /// <returns>Paths such as <c>temp</c>, <c>room.temp</c> and <c>values[0].temp</c>, those that most payloads have first.</returns>
    public static IEnumerable<string> Seen(TopicMonitor topics, StreamFilter filter)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var (nodes, payloads) = (0, 0);
        var waiting = new Stack<TopicNode>([topics.Root]);
        while (waiting.TryPop(out var node) && nodes++ < MaxNodes && payloads < MaxPayloads)
        {
            if (node.IsTopic && filter.MatchesTopic(node.Path) && node.Glance(MaxPayload) is { } info)
            {
                payloads++;
                AddFields(info.Last.Payload, seen);
            }

            foreach (var child in node.Children.Take(MaxNodes))
            {
                waiting.Push(child);
            }
        }

        return seen.OrderByDescending(field => field.Value).ThenBy(field => field.Key, StringComparer.Ordinal).Select(field => field.Key);
    }

    private static void AddFields(ReadOnlySpan<byte> payload, Dictionary<string, int> seen)
    {
        var start = payload.TrimStart(" \t\r\n"u8);
        if (start.Length == 0 || start[0] is not ((byte)'{' or (byte)'['))
        {
            return;
        }

        // Not the final block: a payload that was cut gives the fields of its beginning.
        var reader = new Utf8JsonReader(start, isFinalBlock: false, default);
        try
        {
            if (reader.Read())
            {
                AddValue(ref reader, "", seen);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // No JSON, or half a character in a name: what was read before it counts.
        }
    }

    /// <summary>False at the end of what is there.</summary>
    private static bool AddValue(ref Utf8JsonReader reader, string path, Dictionary<string, int> seen)
    {
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                if (!(index == 0 ? AddValue(ref reader, path + "[0]", seen) : reader.TrySkip()))
                {
                    return false;
                }
            }

            return true;
        }

        if (reader.TokenType != JsonTokenType.StartObject || reader.CurrentDepth >= MaxDepth)
        {
            return reader.TrySkip();
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            var field = path.Length == 0 ? name : $"{path}.{name}";
            var canBeAsked = name.Length > 0 && !name.AsSpan().ContainsAny(NotInPaths) && !name.Any(char.IsWhiteSpace);
            if (canBeAsked && (seen.Count < MaxFields || seen.ContainsKey(field)))
            {
                seen[field] = seen.GetValueOrDefault(field) + 1;
            }

            if (!reader.Read() || !(canBeAsked ? AddValue(ref reader, field, seen) : reader.TrySkip()))
            {
                return false;
            }
        }

        return true;
    }
}
