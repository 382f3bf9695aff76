using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared;

namespace Dashboard.Features.Messages.Query;

/// <summary>What may come next at the caret.</summary>
/// <param name="Text">What the word becomes.</param>
/// <param name="Note">What it means; null for a name.</param>
internal sealed record Suggestion(string Text, string? Note);

/// <summary>The suggestions for the word at the caret, and where it stands.</summary>
internal sealed record QueryCompletion(int Start, int End, IReadOnlyList<Suggestion> Suggestions)
{
    private const int Most = 9;

    private const string JsonKey = "json.";

    private static readonly string[] QoS = ["qos:0", "qos:1", "qos:2"];

    public static QueryCompletion Of(string query, int caret, TopicMonitor topics, Func<IEnumerable<string>> clientIds)
    {
        var token = QueryToken.Split(query).FirstOrDefault(token => token.Start < caret && caret <= token.End);
        var word = token.Text is null ? "" : query[token.Start..caret];
        var start = token.Text is null ? caret : token.Start;
        if (word.StartsWith('-'))
        {
            (word, start) = (word[1..], start + 1);
        }

        if (word.StartsWith(JsonKey, StringComparison.Ordinal))
        {
            return new QueryCompletion(start, token.End, [.. Fields(query.Remove(token.Start, token.Text!.Length), word, topics).Take(Most)]);
        }

        return new QueryCompletion(start, token.Text is null ? caret : token.End, [.. For(word, topics, clientIds).Where(suggestion => suggestion.Text != word).Take(Most)]);
    }

    /// <summary>The query with a suggestion in the place of the word, and the caret behind it.</summary>
    public (string Query, int Caret) Accept(string query, Suggestion suggestion)
    {
        var goesOn = suggestion.Text[^1] is '/' or ':' or '>' or '.' or '"';
        var rest = query[End..].TrimStart();
        var text = suggestion.Text + (goesOn ? "" : " ");
        return (query[..Start] + text + rest, Start + text.Length);
    }

    /// <summary>Fields of the payloads that the rest of the query lets pass by their topics.</summary>
    private static IEnumerable<Suggestion> Fields(string rest, string word, TopicMonitor topics) =>
        JsonFields.Seen(topics, MessageQuery.Parse(rest, out _)?.Filter ?? new StreamFilter([MessageQuery.Everything]))
            .Select(field => new Suggestion(JsonKey + field, null))
            .Where(suggestion => suggestion.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase) && suggestion.Text != word);

    private static IEnumerable<Suggestion> For(string word, TopicMonitor topics, Func<IEnumerable<string>> clientIds)
    {
        if (word.StartsWith('"'))
        {
            return [];
        }

        if (word.StartsWith("by:", StringComparison.Ordinal))
        {
            return clientIds()
                .Where(id => id.StartsWith(word[3..].TrimStart('"'), StringComparison.OrdinalIgnoreCase))
                .Select(id => new Suggestion("by:" + TopicQuery.Value(id), null));
        }

        if (word.StartsWith("qos:", StringComparison.Ordinal))
        {
            return QoS.Where(text => text.StartsWith(word, StringComparison.Ordinal)).Select(text => new Suggestion(text, null));
        }

        var inTopicKey = word.StartsWith("topic:", StringComparison.Ordinal);
        var keys = Keys().Where(key => key.Text.StartsWith(word, StringComparison.OrdinalIgnoreCase));
        var names = Topics(inTopicKey ? word[6..] : word, topics).Select(name => new Suggestion(Topic(name, inTopicKey), null));
        return word.Length == 0 ? [.. keys, .. names] : [.. names, .. keys];
    }

    private static IEnumerable<Suggestion> Keys() =>
    [
        new("value>", Texts.Messages_KeyValue),
        new(JsonKey, Texts.Messages_KeyJson),
        new("by:", Texts.Messages_KeyBy),
        new("qos:", Texts.Messages_KeyQoS),
        new("retained", Texts.Messages_KeyRetained),
        new("refused", Texts.Messages_KeyRefused),
        new("size>", Texts.Messages_KeySize),
        new("\"", Texts.Messages_KeyText),
    ];

    /// <summary>The levels that go on from what is typed, and the filter for all below.</summary>
    private static IEnumerable<string> Topics(string typed, TopicMonitor topics)
    {
        var slash = typed.LastIndexOf('/');
        var node = slash < 0 ? topics.Root : topics.Find(typed[..slash]);
        if (node is null || TopicFilter.HasWildcard(typed))
        {
            return [];
        }

        var begun = typed[(slash + 1)..];
        var below = node.Children
            .Where(child => child.Level.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && (typed.StartsWith('$') || !child.Path.StartsWith('$')))
            .Select(child => child.IsTopic && child.Children.Count == 0 ? child.Path : child.Path + "/");
        return slash >= 0 && begun.Length == 0 ? below.Prepend(typed + "#") : below;
    }

    private static string Topic(string name, bool inKey) => inKey ? "topic:" + TopicQuery.Value(name) : TopicQuery.For(name);
}
