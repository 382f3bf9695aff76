namespace Dashboard.Broker.Monitoring;

/// <summary>Messages that were dropped for a session since the start, by <see cref="DropReason"/>; one that was meant for several sessions counts for each.</summary>
public readonly record struct Dropped(long SlowClient, long QueueFull, long Expired)
{
    public long Total => SlowClient + QueueFull + Expired;
}
