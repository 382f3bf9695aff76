namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>Keeps the few largest of many without sorting them.</summary>
internal sealed class TopOf(int size, Func<Busy, long> measure)
{
    private readonly PriorityQueue<Busy, long> _kept = new(size + 1);

    /// <summary>The largest first; those alike by name.</summary>
    public IReadOnlyList<Busy> Descending =>
        [.. _kept.UnorderedItems.Select(item => item.Element).OrderByDescending(measure).ThenBy(one => one.Name, StringComparer.Ordinal)];

    /// <summary>Whether a value would be kept, so that nothing is made for those that are not.</summary>
    public bool Wants(long value) => value > 0 && (_kept.Count < size || (_kept.TryPeek(out _, out var least) && value > least));

    public void Add(Busy one)
    {
        var value = measure(one);
        if (!Wants(value))
        {
            return;
        }

        _kept.Enqueue(one, value);
        if (_kept.Count > size)
        {
            _kept.Dequeue();
        }
    }
}
