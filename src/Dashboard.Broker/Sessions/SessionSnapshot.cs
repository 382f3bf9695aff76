namespace Dashboard.Broker.Sessions;

/// <summary>The delivery state of a session at one moment.</summary>
internal sealed record SessionSnapshot(
    IReadOnlyList<SessionSubscription> Subscriptions,
    int Inflight,
    int Queued,
    long QueuedBytes,
    long Dropped);
