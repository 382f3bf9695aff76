using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>
/// The order of the topics as it was when it was taken: values change all the time, rows must not. A level counts with all
/// that lies below it; what is muted counts nothing and comes last.
/// </summary>
public sealed class TopicOrder
{
    private readonly Dictionary<TopicNode, double> _values = [];
    private readonly Dictionary<TopicNode, (IReadOnlyList<TopicNode> Of, IReadOnlyList<TopicNode> Sorted)> _sorted = [];
    private readonly MutedTopics _muted;
    private readonly DateTimeOffset _now;

    /// <summary>Takes the order, looking at every topic unless it is by name.</summary>
    public TopicOrder(TopicSort sort, TopicNode root, MutedTopics muted, DateTimeOffset now)
    {
        (Sort, _muted, _now) = (sort, muted, now);
        if (sort != TopicSort.Name)
        {
            Take(root);
        }
    }

    public TopicSort Sort { get; }

    /// <summary>What a node is ordered by: a rate a second, a sequence, messages or bytes; 0 for what came later, and by name.</summary>
    public double Value(TopicNode node) => Math.Max(0, _values.GetValueOrDefault(node));

    /// <summary>The levels below a node in order; what came later comes last.</summary>
    public IReadOnlyList<TopicNode> Children(TopicNode parent)
    {
        var children = parent.Children;
        if (Sort == TopicSort.Name)
        {
            return children;
        }

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

    private double Take(TopicNode node)
    {
        if (node.Parent is not null && _muted.Has(node))
        {
            _values[node] = -1;
            return 0;
        }

        var value = Own(node);
        foreach (var child in node.Children)
        {
            var below = Take(child);
            value = Sort == TopicSort.Age ? Math.Max(value, below) : value + below;
        }

        _values[node] = value;
        return value;
    }

    private double Own(TopicNode node) => Sort switch
    {
        TopicSort.Rate => node.Pace(_now).PerSecond,
        TopicSort.Age => node.LastSequence,
        TopicSort.Count => node.Messages,
        _ => node.Bytes,
    };
}
