namespace Dashboard.Broker.Connections;

/// <summary>
/// Watches the memory of the process on a clock. Above the watermark QoS 0 is no longer held for subscribers that are slow;
/// a tenth above it nobody new is let in. Reading it costs one field.
/// </summary>
internal sealed class MemoryGuard(BrokerOptions options, LimitHits limits, TimeProvider time)
{
    /// <summary>Bytes in an outbox from which on a subscriber counts as slow.</summary>
    public const int SlowAt = 64 * 1024;

    private static readonly TimeSpan CollectEvery = TimeSpan.FromSeconds(10);

    private long _collectedAt;
    private volatile bool _isHigh;
    private volatile bool _isFull;

    /// <summary>QoS 0 for slow subscribers is shed.</summary>
    public bool IsHigh => _isHigh;

    /// <summary>New connections are refused.</summary>
    public bool IsFull => _isFull;

    /// <summary>Called once a second.</summary>
    /// <param name="used">Bytes that the process holds.</param>
    public void Measure(long used)
    {
        var isHigh = options.MaxMemory > 0 && used > options.MaxMemory;
        if (isHigh && !_isHigh)
        {
            limits.Count(Limit.MaxMemory, null, time.GetUtcNow().ToUnixTimeMilliseconds());
        }

        _isHigh = isHigh;
        _isFull = isHigh && used > options.MaxMemory + (options.MaxMemory / 10);
        if (isHigh && (_collectedAt == 0 || time.GetElapsedTime(_collectedAt) > CollectEvery))
        {
            // Part of it may be free already; only a collection gives it back to the system.
            _collectedAt = time.GetTimestamp();
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized, blocking: false);
        }
    }
}
