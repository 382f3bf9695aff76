using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Routing;

/// <summary>What became of a message for one subscriber.</summary>
internal enum Delivery : byte
{
    /// <summary>Handed to the connection.</summary>
    Sent,

    /// <summary>Waits in the session.</summary>
    Queued,

    /// <summary>Lost to a limit.</summary>
    Dropped,

    /// <summary>Not meant for this subscriber now: offline at QoS 0, no-local, or larger than the client accepts.</summary>
    Skipped,
}

/// <summary>Whoever a filter stands for: a session.</summary>
internal interface ISubscriber
{
    /// <summary>False while messages for it could only be queued.</summary>
    bool IsConnected { get; }

    /// <summary>Whether what is delivered to it at QoS 1 or 2 is written down first.</summary>
    bool IsKept { get; }

    /// <summary>Gives it a message. One that it drops is counted for it, unless it came through a shared subscription: another member may take it.</summary>
    Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch);

    /// <summary>Counts a message that came through a shared subscription, and that no member could take, as dropped for this one.</summary>
    void CountDropped(DropReason reason, DeliveryBatch batch);
}
