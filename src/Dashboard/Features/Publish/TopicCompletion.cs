using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Publish;

/// <summary>Topics and levels that go on from what has been typed, from the tree of everything that was published.</summary>
internal static class TopicCompletion
{
    private const int MaxSuggestions = 40;

    public static IReadOnlyList<string> Of(TopicMonitor topics, string typed)
    {
        var slash = typed.LastIndexOf('/');
        var node = slash < 0 ? topics.Root : topics.Find(typed[..slash]);
        if (node is null)
        {
            return [];
        }

        var begun = typed[(slash + 1)..];
        var wantsSystem = typed.StartsWith('$');
        return [.. node.Children
            .Where(child => child.Level.StartsWith(begun, StringComparison.OrdinalIgnoreCase) && (wantsSystem || !child.Path.StartsWith('$')))
            .SelectMany(child => child.IsTopic ? [child.Path] : FirstBelow(child))
            .Take(MaxSuggestions)];
    }

    /// <summary>A level that is no topic itself stands for the topics below it.</summary>
    private static IEnumerable<string> FirstBelow(TopicNode node) =>
        node.Children.SelectMany(child => child.IsTopic ? [child.Path] : FirstBelow(child)).Take(5);
}
