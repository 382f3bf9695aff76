using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics.Finding;

/// <summary>
/// The tree as it was at one moment, laid out flat in the order of its rows, so that a search runs through memory from one
/// end to the other instead of following a hundred thousand references. Immutable. Number 0 is the root.
/// </summary>
internal sealed class TopicIndex
{
    /// <summary>Stands behind every name: no topic can have it [MQTT-1.5.4-2].</summary>
    private const char End = '\0';

    private readonly List<TopicNode> _nodes = [];
    private readonly List<int> _parents = [];
    private readonly List<int> _ends = [];
    private readonly List<ushort> _levels = [];
    private readonly List<int> _topics = [];
    private readonly List<int> _starts = [];
    private readonly char[] _names;

    private TopicIndex(long version, TopicNode root, TopicOrder order)
    {
        (Version, Order) = (version, order);
        Add(root, parent: -1, level: 0);
        var length = 0;
        foreach (var node in _topics)
        {
            _starts.Add(length);
            length += _nodes[node].Path.Length + 1;
        }

        _names = new char[length];
        for (var topic = 0; topic < _topics.Count; topic++)
        {
            var name = _nodes[_topics[topic]].Path;
            name.CopyTo(_names.AsSpan(_starts[topic]));
            _names[_starts[topic] + name.Length] = End;
        }
    }

    /// <summary>Of the tree, <see cref="TopicMonitor.StructureVersion"/>.</summary>
    public long Version { get; }

    public TopicOrder Order { get; }

    /// <summary>Levels and topics, with the root.</summary>
    public int Count => _nodes.Count;

    public int Topics => _topics.Count;

    /// <summary>Bytes of its tables.</summary>
    public long Bytes =>
        ((long)_names.Length * sizeof(char)) + ((long)_nodes.Capacity * IntPtr.Size) + ((long)_levels.Capacity * sizeof(ushort))
        + ((long)(_parents.Capacity + _ends.Capacity + _topics.Capacity + _starts.Capacity) * sizeof(int));

    /// <summary>The names of all topics, each with a character behind it that no name has.</summary>
    public ReadOnlySpan<char> Names => _names;

    public static TopicIndex Of(TopicMonitor topics, TopicOrder order)
    {
        var version = topics.StructureVersion; // first: what comes meanwhile is seen by the next
        return new TopicIndex(version, topics.Root, order);
    }

    public TopicNode Node(int node) => _nodes[node];

    public int Parent(int node) => _parents[node];

    public int Level(int node) => _levels[node];

    /// <summary>Behind the last that lies below a node.</summary>
    public int EndOf(int node) => _ends[node];

    /// <summary>The node of a topic by the number of the topic.</summary>
    public int NodeOf(int topic) => _topics[topic];

    /// <summary>The numbers of the topics at a node and below, from the first to before the end.</summary>
    public (int First, int End) TopicsOf(int node) => (FirstTopicFrom(node), FirstTopicFrom(EndOf(node)));

    public ReadOnlySpan<char> Name(int topic) => _names.AsSpan(_starts[topic]..(StartAfter(topic) - 1));

    /// <summary>Where the name of the next topic begins in <see cref="Names"/>.</summary>
    public int StartAfter(int topic) => topic + 1 < _starts.Count ? _starts[topic + 1] : _names.Length;

    /// <summary>The topic whose name stands at a place of <see cref="Names"/>.</summary>
    /// <param name="from">It is this topic or a later one.</param>
    public int TopicAt(int place, int from)
    {
        if (place < StartAfter(from))
        {
            return from;
        }

        var found = _starts.BinarySearch(from, _starts.Count - from, place, comparer: null);
        return found >= 0 ? found : ~found - 1;
    }

    private int FirstTopicFrom(int node)
    {
        var found = _topics.BinarySearch(node);
        return found >= 0 ? found : ~found;
    }

    private void Add(TopicNode node, int parent, int level)
    {
        var number = _nodes.Count;
        _nodes.Add(node);
        _parents.Add(parent);
        _ends.Add(0);
        _levels.Add((ushort)level);
        if (node.IsTopic)
        {
            _topics.Add(number);
        }

        foreach (var child in Order.Children(node))
        {
            Add(child, number, level + 1);
        }

        _ends[number] = _nodes.Count;
    }
}
