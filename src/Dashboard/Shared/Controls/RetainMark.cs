namespace Dashboard.Shared.Controls;

/// <summary>The three things that "retained" can mean.</summary>
public enum RetainMark
{
    /// <summary>In the broker's store now.</summary>
    Stored,

    /// <summary>Published with the retain flag.</summary>
    Flag,

    /// <summary>Sent from the store to a new subscriber.</summary>
    Replayed,
}
