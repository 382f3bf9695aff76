namespace Dashboard.Broker.Retained;

/// <summary>What became of a message that was to return to the retained store.</summary>
internal enum PutBack
{
    Stored,

    /// <summary>Another message has been retained on its topic since.</summary>
    Newer,

    Expired,

    NoRoom,
}
