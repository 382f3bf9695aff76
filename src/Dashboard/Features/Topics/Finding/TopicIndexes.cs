using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics.Finding;

/// <summary>The index by name that all pages share while one of them searches; nobody else pays for it. Thread-safe.</summary>
internal sealed class TopicIndexes(TopicMonitor topics)
{
    private readonly Lock _gate = new();
    private readonly WeakReference<TopicIndex> _byName = new(null!);

    /// <summary>As the tree is now; made anew only when topics came or went.</summary>
    public TopicIndex ByName()
    {
        lock (_gate)
        {
            if (!_byName.TryGetTarget(out var index) || index.Version != topics.StructureVersion)
            {
                index = TopicIndex.Of(topics, TopicOrder.ByName);
                _byName.SetTarget(index);
            }

            return index;
        }
    }
}
