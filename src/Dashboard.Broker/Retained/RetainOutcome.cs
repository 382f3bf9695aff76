namespace Dashboard.Broker.Retained;

/// <summary>What the store did with a message that has the retain flag.</summary>
internal enum RetainOutcome
{
    Stored,

    /// <summary>Stored in the place of an older one.</summary>
    Replaced,

    /// <summary>Its payload is empty: the one that was there is gone.</summary>
    Cleared,

    /// <summary>Its payload is empty, and there was none.</summary>
    NothingThere,

    /// <summary>There is no room for one more.</summary>
    Full,
}
