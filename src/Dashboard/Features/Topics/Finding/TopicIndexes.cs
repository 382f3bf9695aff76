using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Held;

namespace Dashboard.Features.Topics.Finding;

/// <summary>
/// The index by name that all pages share. It is made when the first of them opens, so that the first search need not wait
/// for it, and let go when the last one closes or stops searching; nobody else pays for it. Thread-safe.
/// </summary>
internal sealed class TopicIndexes(TopicMonitor topics) : IHoldsMemory
{
    private readonly Lock _gate = new();
    private readonly WeakReference<TopicIndex> _byName = new(null!);
    private TopicIndex? _held;
    private int _holders;

    /// <summary>It is kept for the next search.</summary>
    public bool IsHeld => Volatile.Read(ref _held) is not null;

    public HeldMemory Held => new(Texts.Overview_SearchIndex, "topics", Volatile.Read(ref _held)?.Bytes ?? 0, Cap: 0);

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

            _held = _holders > 0 ? index : null;
            return index;
        }
    }

    /// <summary>Makes the index in the background and keeps it until what is returned is disposed.</summary>
    public IDisposable Hold()
    {
        Interlocked.Increment(ref _holders);
        _ = Task.Run(ByName);
        return new Holder(this);
    }

    private void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
        {
            lock (_gate)
            {
                _held = _holders > 0 ? _held : null;
            }
        }
    }

    private sealed class Holder(TopicIndexes indexes) : IDisposable
    {
        private TopicIndexes? _indexes = indexes;

        public void Dispose() => Interlocked.Exchange(ref _indexes, null)?.LetGo();
    }
}
