using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Storage;

/// <summary>
/// What survives a restart: retained messages, and the sessions that outlive their connection with all they hold.
/// Every change is taken at once and committed later, together with others that came meanwhile (a generation). Whoever
/// promised something to a client waits for the generation of that change, nobody else waits for the disk.
/// </summary>
internal interface IBrokerStore
{
    /// <summary>False when nothing survives; then the other members do nothing.</summary>
    bool IsDurable { get; }

    /// <summary>Why nothing can be committed now, in words; null while all is well.</summary>
    string? Failure { get; }

    /// <summary>The generation that was committed last.</summary>
    long Committed { get; }

    /// <summary>Everything that was committed before; called once, before any change.</summary>
    StoredState Load(TopicTable topics);

    /// <summary>Keeps a message as the retained one of its topic, or with null removes what is there.</summary>
    /// <returns>The generation of the change, here and in the other members.</returns>
    long SetRetained(string topic, ApplicationMessage? message);

    long SaveSession(StoredSession session);

    /// <summary>Removes a session with everything it holds.</summary>
    long RemoveSession(long session);

    long SaveSubscription(long session, SubscriptionRequest request, uint? id);

    long RemoveSubscription(long session, string filter);

    /// <summary>Notes the last topic of a replay of retained messages that is not complete (empty: none yet), or with null that none is left.</summary>
    long SetReplay(long session, string filter, string? after);

    /// <summary>Adds a message for a session.</summary>
    long AddDelivery(in StoredDelivery delivery);

    /// <summary>Notes how far the delivery of a message has come.</summary>
    long UpdateDelivery(long session, long sequence, DeliveryStage stage, ushort packetId);

    /// <summary>The message was acknowledged, dropped or has expired.</summary>
    long RemoveDelivery(long session, long sequence);

    /// <summary>Notes a QoS 2 packet identifier as received, or as released.</summary>
    long SetReceived(long session, ushort packetId, bool isReceived);

    /// <summary>Calls back, once and on a thread of the store, when a generation is committed.</summary>
    void WhenCommitted(long generation, ICommitWaiter waiter);
}

/// <summary>Who promised something that has to be committed first.</summary>
internal interface ICommitWaiter
{
    void Committed(long generation);
}
