namespace Dashboard.Features.Publish.Kept;

/// <summary>What became of a change to something that several people can change at once.</summary>
public enum ChangeOutcome
{
    Done,

    /// <summary>Somebody else changed it after it was read; nothing was written over.</summary>
    ChangedMeanwhile,

    /// <summary>Somebody else deleted it.</summary>
    Gone,

    /// <summary>There are as many as the options allow.</summary>
    Full,

    /// <summary>One of them is larger than is kept.</summary>
    TooLarge,
}
