namespace Dashboard.Broker.Monitoring.History;

/// <summary>What the history keeps. The numbers are places in the file: a new figure goes to the end.</summary>
public enum HistoryFigure
{
    /// <summary>PUBLISH packets a second from clients.</summary>
    MessagesIn = 0,

    /// <summary>PUBLISH packets a second to clients.</summary>
    MessagesOut = 1,

    /// <summary>Bytes a second from clients.</summary>
    BytesIn = 2,

    /// <summary>Bytes a second to clients.</summary>
    BytesOut = 3,

    Clients = 4,

    Sessions = 5,

    Subscriptions = 6,

    Retained = 7,

    /// <summary>QoS 1 and 2 messages that wait in sessions.</summary>
    Queued = 8,

    /// <summary>Messages a second that were dropped because the client read too slowly.</summary>
    DroppedSlow = 9,

    /// <summary>Messages a second that were dropped because the queue of a session was full.</summary>
    DroppedQueue = 10,

    /// <summary>Connections a second that never became a client.</summary>
    Refused = 11,

    /// <summary>Bytes of the process.</summary>
    Memory = 12,

    /// <summary>Messages a second that were dropped because they expired while they waited.</summary>
    DroppedExpired = 13,
}
