namespace Dashboard.Broker.Monitoring.History;

/// <summary>
/// The figures of the last 30 days, the older the coarser: each sample goes into one ring for every
/// <see cref="HistoryRange"/>, so nothing is ever summed up later. About 1 MB at most. Thread-safe.
/// </summary>
public sealed class BrokerHistory
{
    private readonly Lock _gate = new();
    private readonly HistoryRing[] _rings = [.. HistoryRange.All.Select(range => new HistoryRing(range))];

    /// <summary>The points of a range, oldest first.</summary>
    public IReadOnlyList<HistoryPoint> Read(HistoryRange range)
    {
        lock (_gate)
        {
            return [.. Ring(range).Points];
        }
    }

    /// <summary>Adds the figures of about one second.</summary>
    internal void Add(DateTimeOffset moment, double[] sample)
    {
        lock (_gate)
        {
            foreach (var ring in _rings)
            {
                ring.Add(moment, sample);
            }
        }
    }

    /// <summary>Puts back what a file kept.</summary>
    internal void Restore(HistoryRange range, IEnumerable<HistoryPoint> points)
    {
        lock (_gate)
        {
            foreach (var point in points)
            {
                Ring(range).Append(point);
            }
        }
    }

    /// <summary>The points of a range from a moment on (Unix seconds), in no order.</summary>
    internal IReadOnlyList<HistoryPoint> Since(HistoryRange range, long start)
    {
        lock (_gate)
        {
            return [.. Ring(range).Since(start)];
        }
    }

    private HistoryRing Ring(HistoryRange range) => Array.Find(_rings, ring => ring.Range == range)!;
}
