namespace Dashboard.Broker;

/// <summary>Why a message was not put into the retained store.</summary>
public enum ImportProblem
{
    /// <summary>The topic name is not valid, too long or too deep, or it is one of the broker's own.</summary>
    Topic,

    /// <summary>An empty payload is what removes a retained message.</summary>
    EmptyPayload,

    /// <summary>Larger than the largest packet that a client may send.</summary>
    TooLarge,

    /// <summary>The topic has a message that is as new or newer.</summary>
    Newer,

    Expired,

    NoRoom,
}
