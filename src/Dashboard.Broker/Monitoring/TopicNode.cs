namespace Dashboard.Broker.Monitoring;

/// <summary>One level of the tree of topics. A node may be a topic itself, have levels below it, or both.</summary>
public sealed class TopicNode
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TopicNode> _byLevel = new(StringComparer.Ordinal);
    private IReadOnlyList<TopicNode>? _sorted;
    private int _changes;
    private int _topics;

    internal TopicNode(string level, string path, TopicNode? parent)
    {
        Level = level;
        Path = path;
        Parent = parent;
    }

    /// <summary>The name of this level; may be empty, since an empty level is a level.</summary>
    public string Level { get; }

    /// <summary>The whole topic name down to here.</summary>
    public string Path { get; }

    /// <summary>Null for the root, which stands for no level.</summary>
    public TopicNode? Parent { get; }

    /// <summary>True when messages were published on exactly this name.</summary>
    public bool IsTopic => Watch is not null;

    /// <summary>Topics here and below.</summary>
    public int Topics => Volatile.Read(ref _topics);

    /// <summary>What is known of this topic; null when it is only a level.</summary>
    public TopicInfo? Info => Glance(int.MaxValue);

    /// <summary>Messages on exactly this topic.</summary>
    public long Messages => Watch?.Messages ?? 0;

    /// <summary>The sequence of its last message, 0 when there is none; tells whether to look again.</summary>
    public long LastSequence => Watch?.LastSequence ?? 0;

    /// <summary>Bytes of all payloads on exactly this topic.</summary>
    public long Bytes => Watch?.Bytes ?? 0;

    /// <summary>The recent payloads of this topic as numbers, oldest first; empty when one of them is none.</summary>
    public IReadOnlyList<double> Numbers => Watch?.Numbers() ?? [];

    /// <summary>How its messages come at a moment.</summary>
    public TopicPace Pace(DateTimeOffset now) => Watch?.Pace(now.ToUnixTimeMilliseconds()) ?? default;

    /// <summary>Whether a text stands in the last payload of this topic, in any case.</summary>
    /// <param name="maxPayload">Bytes of it that are looked at.</param>
    public bool LastPayloadHas(string text, int maxPayload) => Watch?.LastHas(text, maxPayload) ?? false;

    internal TopicWatch? Watch { get; private set; }

    /// <summary>The levels below in ordinal order; a new list is made only when levels came or went.</summary>
    public IReadOnlyList<TopicNode> Children
    {
        get
        {
            TopicNode[] children;
            int changes;
            lock (_gate)
            {
                if (_sorted is not null)
                {
                    return _sorted;
                }

                children = [.. _byLevel.Values];
                changes = _changes;
            }

            // Outside the lock: a publisher of a new topic must not wait until a long list is sorted.
            Array.Sort(children, (one, other) => string.CompareOrdinal(one.Level, other.Level));
            lock (_gate)
            {
                _sorted = changes == _changes ? children : _sorted;
            }

            return children;
        }
    }

    /// <summary>The same as <see cref="Info"/> with only the beginning of the last payload, for lists of many topics.</summary>
    /// <param name="maxPayload">Bytes of it that are wanted.</param>
    public TopicInfo? Glance(int maxPayload) => Watch?.Info(maxPayload);

    internal bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return Watch is null && _byLevel.Count == 0;
            }
        }
    }

    internal TopicNode Child(ReadOnlySpan<char> level)
    {
        lock (_gate)
        {
            var byLevel = _byLevel.GetAlternateLookup<ReadOnlySpan<char>>();
            if (!byLevel.TryGetValue(level, out var child))
            {
                var name = level.ToString();
                child = new TopicNode(name, Parent is null ? name : $"{Path}/{name}", this);
                byLevel[level] = child;
                _sorted = null;
            }

            return child;
        }
    }

    internal TopicNode? Find(ReadOnlySpan<char> level)
    {
        lock (_gate)
        {
            return _byLevel.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(level, out var child) ? child : null;
        }
    }

    internal void Remove(TopicNode child)
    {
        lock (_gate)
        {
            _byLevel.Remove(child.Level);
            _sorted = null;
            _changes++;
        }
    }

    internal void SetWatch(TopicWatch? watch)
    {
        var change = (watch is null ? 0 : 1) - (Watch is null ? 0 : 1);
        Watch = watch;
        for (var node = this; node is not null; node = node.Parent)
        {
            Interlocked.Add(ref node._topics, change);
        }
    }
}
