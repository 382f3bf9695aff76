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
}
