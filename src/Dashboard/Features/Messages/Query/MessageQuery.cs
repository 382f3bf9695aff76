using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Topics;
using System.Text.RegularExpressions;

namespace Dashboard.Features.Messages.Query;

/// <summary>
/// What the search box says: topic filters, of which one must match, conditions, which must all hold, and with <c>-</c> in
/// front what must not be. Several publishers, and several QoS, are alternatives too.
/// </summary>
public sealed partial record MessageQuery(StreamFilter Filter)
{
    public const string Everything = TopicFilter.Everything;

    /// <summary>All that a client may try to publish; "#" leaves out topics that begin with a $ [MQTT-4.7.2-1].</summary>
    public static readonly IReadOnlyList<string> EverythingRefused = [Everything, "$SYS/#"];

    /// <summary>True when it asks for nothing in particular.</summary>
    public bool IsEverything => Filter is { NotTopics.Count: 0, Traits: null, Content: null } && Filter.Topics is [Everything];

    /// <summary>A topic that the query reaches with any message, for an example; null when it asks for more than a topic, for the broker's own, or for one that a shell would not take as it stands.</summary>
    public string? Example => Filter is not { NotTopics.Count: 0, Traits: null, Content: null } || !Plain().IsMatch(Filter.Topics[0]) ? null
        : Filter.Topics[0] == Everything ? "hello/world"
        : Filter.Topics[0].Replace("+", "1", StringComparison.Ordinal).Replace("#", "1", StringComparison.Ordinal);

    /// <summary>The query, or why it is none.</summary>
    public static MessageQuery? Parse(string? text, out QueryError? error)
    {
        var parser = new QueryParser();
        error = null;
        foreach (var token in QueryToken.Split(text ?? ""))
        {
            error = parser.Add(token);
            if (error is not null)
            {
                return null;
            }
        }

        return parser.Build();
    }

    [GeneratedRegex(@"^[\w/ .:+#-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
