using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// What one session writes down so that it survives a restart. A session that ends with its connection writes nothing.
/// Called under the session's lock, so the store sees the changes in their order.
/// </summary>
internal sealed class SessionJournal(IBrokerStore store, long key)
{
    private long _lastSequence;

    /// <summary>What the store calls the session.</summary>
    public long Key { get; } = key;

    /// <summary>Set when the session begins; then it stays, since only a session that is kept is ever resumed.</summary>
    public bool IsKept { get; set; }

    /// <summary>Gives a message its place in the order and writes it down.</summary>
    /// <param name="generation">When it is committed; 0 when nothing is written down.</param>
    public OutboundMessage Add(in OutboundMessage message, ushort packetId, out long generation)
    {
        var placed = message with { Sequence = ++_lastSequence };
        var stage = packetId == 0 ? DeliveryStage.Queued : DeliveryStage.Sent;
        generation = IsKept
            ? store.AddDelivery(new StoredDelivery(Key, placed.Sequence, placed.Message, placed.QoS, placed.Retain, placed.SubscriptionIds, stage, packetId, placed.Share))
            : 0;
        return placed;
    }

    /// <summary>A message that waited got its packet identifier.</summary>
    public long Sent(in OutboundMessage message, ushort packetId) =>
        IsKept ? store.UpdateDelivery(Key, message.Sequence, DeliveryStage.Sent, packetId) : 0;

    public long Released(in OutboundMessage message, ushort packetId) =>
        IsKept ? store.UpdateDelivery(Key, message.Sequence, DeliveryStage.Released, packetId) : 0;

    public bool IsCommitted(long generation) => generation <= store.Committed;

    public void WhenCommitted(long generation, ICommitWaiter waiter) => store.WhenCommitted(generation, waiter);

    public void Remove(in OutboundMessage message)
    {
        if (IsKept)
        {
            store.RemoveDelivery(Key, message.Sequence);
        }
    }

    public void Received(ushort packetId, bool isReceived, DeliveryBatch batch)
    {
        if (IsKept)
        {
            batch.Needs(store.SetReceived(Key, packetId, isReceived));
        }
    }

    public void Subscribed(SessionSubscription subscription)
    {
        if (IsKept)
        {
            store.SaveSubscription(Key, subscription.Request, subscription.Id);
        }
    }

    public void Unsubscribed(string filter)
    {
        if (IsKept)
        {
            store.RemoveSubscription(Key, filter);
        }
    }

    /// <summary>How far the replay of retained messages for a filter has come; null when nothing of it is left.</summary>
    public void Replaying(string filter, string? after)
    {
        if (IsKept)
        {
            store.SetReplay(Key, filter, after);
        }
    }

    public void Ended()
    {
        if (IsKept)
        {
            store.RemoveSession(Key);
        }
    }

    /// <summary>Goes on after the messages that were restored.</summary>
    public void ContinueAfter(long sequence) => _lastSequence = Math.Max(_lastSequence, sequence);

    /// <summary>Writes down the session itself.</summary>
    public void Save(string clientId, SessionLifetime lifetime, bool isConnected)
    {
        if (IsKept)
        {
            store.SaveSession(new StoredSession(
                Key,
                clientId,
                lifetime.LastConnect?.Version ?? ProtocolVersion.V311,
                lifetime.ExpiryInterval,
                isConnected,
                lifetime.ExpiresAt,
                lifetime.LastConnectedAt,
                lifetime.DisconnectedAt ?? 0,
                lifetime.Will,
                lifetime.WillDueAt));
        }
    }
}
