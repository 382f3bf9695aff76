using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>Everything that was published, topic by topic, as a tree. Thread-safe.</summary>
public sealed class TopicMonitor
{
    private readonly Lock _gate = new();
    private readonly MonitoringOptions _options;
    private readonly CaptureBudget _budget;
    private long _structureVersion;
    private long _sequence;

    public TopicMonitor(BrokerOptions options)
    {
        _options = options.Monitoring;
        _budget = new CaptureBudget(_options.MaxBytes);
    }

    /// <summary>The level above all first levels.</summary>
    public TopicNode Root { get; } = new("", "", parent: null);

    /// <summary>Grows when a topic comes or goes.</summary>
    public long StructureVersion => Interlocked.Read(ref _structureVersion);

    /// <summary>Grows with every message.</summary>
    public long LastSequence => Interlocked.Read(ref _sequence);

    /// <summary>Topics of the broker itself, below <c>$SYS</c>: pages count them apart from what clients publish.</summary>
    public int SystemTopics => Root.Find("$SYS")?.Topics ?? 0;

    /// <summary>Bytes that the captured messages of all topics hold.</summary>
    public long HeldBytes => _budget.Held;

    /// <summary>The node of a path, whether a topic or only a level; null when there is none.</summary>
    public TopicNode? Find(string path)
    {
        var node = Root;
        foreach (var range in path.AsSpan().Split('/'))
        {
            node = node.Find(path.AsSpan(range));
            if (node is null)
            {
                return null;
            }
        }

        return node;
    }

    /// <summary>The recent messages of a topic, newest first; empty when it is unknown.</summary>
    /// <param name="maxPayload">Bytes of each payload that are wanted.</param>
    /// <param name="after">Only those with a larger sequence.</param>
    public IReadOnlyList<MessageRecord> History(string topic, int maxPayload = int.MaxValue, long after = 0) => Find(topic)?.Watch?.History(maxPayload, after) ?? [];

    /// <summary>One of the recent messages of a topic; null when it is no longer kept.</summary>
    public MessageRecord? Message(string topic, long sequence) => Find(topic)?.Watch?.Find(sequence);

    internal (TopicWatch Watch, long Sequence) Record(in OutgoingPublish message, in DeliveryResult result)
    {
        var watch = message.Topic.Observed is TopicWatch { IsForgotten: false } known ? known : Add(message.Topic);
        var sequence = NextSequence();
        watch.Record(sequence, message, result);
        return (watch, sequence);
    }

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    internal void Forget(Topic topic)
    {
        lock (_gate)
        {
            if (Find(topic.Name) is not { Watch: { } watch } node || !ReferenceEquals(topic.Observed, watch))
            {
                return;
            }

            topic.Observed = null;
            watch.Forget();
            node.SetWatch(null);
            for (var empty = node; empty.Parent is { } parent && empty.IsEmpty; empty = parent)
            {
                parent.Remove(empty);
            }

            Interlocked.Increment(ref _structureVersion);
        }
    }

    private TopicWatch Add(Topic topic)
    {
        lock (_gate)
        {
            var node = Root;
            foreach (var range in topic.Name.AsSpan().Split('/'))
            {
                node = node.Child(topic.Name.AsSpan(range));
            }

            // A topic that was let go and comes again is another object with the same name.
            var watch = node.Watch ?? new TopicWatch(topic, _options, _budget);
            if (node.Watch is null)
            {
                node.SetWatch(watch);
                Interlocked.Increment(ref _structureVersion);
            }

            topic.Observed = watch;
            return watch;
        }
    }
}
