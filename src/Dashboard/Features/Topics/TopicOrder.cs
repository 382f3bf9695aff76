using System.Collections.Concurrent;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Mutes;

namespace Dashboard.Features.Topics;

/// <summary>
/// The order of the topics as it was when it was taken: values change all the time, rows must not. A level counts with all
/// that lies below it; what is muted counts nothing and comes last.
/// </summary>
public sealed class TopicOrder
{
    public static readonly TopicOrder ByName = new(TopicSort.Name);

    /// <summary>More than any sequence.</summary>
    private const double Beyond = 1L << 52;

    private readonly Dictionary<TopicNode, double> _values = [];
    private readonly ConcurrentDictionary<TopicNode, (IReadOnlyList<TopicNode> Of, IReadOnlyList<TopicNode> Sorted)> _sorted = [];

    private TopicOrder(TopicSort sort) => Sort = sort;

    public TopicSort Sort { get; }

    /// <summary>Takes the order, looking at every topic unless it is by name.</summary>
    public static TopicOrder Of(TopicSort sort, TopicNode root, MutedTopics muted, DateTimeOffset now, CancellationToken cancel = default)
    {
        if (sort == TopicSort.Name)
        {
            return ByName;
        }

        var order = new TopicOrder(sort);
        order.Take(root, muted, now, cancel);
        return order;
    }

    public static bool IsSystem(TopicNode node) => node.Path.StartsWith('$');

    /// <summary>What a node is ordered by: a rate a second, a sequence, messages or bytes; 0 for what came later, and by name.</summary>
    public double Value(TopicNode node) => Math.Max(0, _values.GetValueOrDefault(node));

    /// <summary>The levels below a node in order; what came later comes last, and the broker's own topics behind all others.</summary>
    public IReadOnlyList<TopicNode> Children(TopicNode parent)
    {
        var children = Sort == TopicSort.Name ? parent.Children : Sorted(parent);
        return parent.Parent is null && children.Any(IsSystem)
            ? [.. children.Where(child => !IsSystem(child)), .. children.Where(IsSystem)]
            : children;
    }

    private IReadOnlyList<TopicNode> Sorted(TopicNode parent)
    {
        var children = parent.Children;
        if (!_sorted.TryGetValue(parent, out var known) || !ReferenceEquals(known.Of, children))
        {
            var keys = children.Select(child => -_values.GetValueOrDefault(child, 0)).ToArray();
            var sorted = children.ToArray();
            var places = Enumerable.Range(0, sorted.Length).ToArray();
            Array.Sort(places, (one, other) => keys[one].CompareTo(keys[other]) is var order and not 0 ? order : one.CompareTo(other));
            known = (children, Array.ConvertAll(places, place => sorted[place]));
            _sorted[parent] = known;
        }

        return known.Sorted;
    }

    private double Take(TopicNode node, MutedTopics muted, DateTimeOffset now, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (node.Parent is not null && muted.IsListed(node.Path))
        {
            _values[node] = -1;
            return 0;
        }

        var value = Own(node, now);
        foreach (var child in node.Children)
        {
            var below = Take(child, muted, now, cancel);
            value = Sort is TopicSort.Age or TopicSort.Silence ? Math.Max(value, below) : value + below;
        }

        _values[node] = value;
        return value;
    }

    private double Own(TopicNode node, DateTimeOffset now) => Sort switch
    {
        TopicSort.Rate => node.Pace(now).PerSecond,
        TopicSort.Age => node.LastSequence,
        TopicSort.Silence => node.IsTopic ? Beyond - node.LastSequence : 0,
        TopicSort.Count => node.Messages,
        _ => node.Bytes,
    };
}
