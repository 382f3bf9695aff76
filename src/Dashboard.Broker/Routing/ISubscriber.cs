using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Routing;

/// <summary>What became of a message for one subscriber.</summary>
internal enum Delivery : byte
{
    /// <summary>Handed to the connection.</summary>
    Sent,

    /// <summary>Waits in the session.</summary>
    Queued,

    /// <summary>Lost to a limit, and counted.</summary>
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

    Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch);
}
