using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// Retained messages on their way to a new subscription. It goes on as the client takes them, so a replay of the whole
/// store neither floods the outbox nor copies the store.
/// </summary>
internal sealed class RetainedReplay(string filter, Subscription subscription)
{
    public string Filter { get; } = filter;

    public Subscription Subscription { get; } = subscription;

    /// <summary>The topic that was sent last; null at the start.</summary>
    public string? After { get; set; }

    /// <summary>One of before a restart.</summary>
    /// <param name="after">As it was written down: empty at the start.</param>
    public static RetainedReplay Restored(string filter, Subscription subscription, string after)
    {
        var reached = after.Length == 0 ? null : after;
        return new RetainedReplay(filter, subscription) { After = reached, IsStored = true, StoredAfter = reached };
    }

    /// <summary>Whether it is written down as not complete, and how far it had come then.</summary>
    public bool IsStored { get; set; }

    public string? StoredAfter { get; set; }
}
