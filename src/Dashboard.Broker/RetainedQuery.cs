namespace Dashboard.Broker;

/// <summary>In which order retained messages are listed.</summary>
public enum RetainedSort
{
    Topic,
    Newest,
    Oldest,
    Largest,
    ExpiresFirst,
}

/// <summary>Which retained messages are wanted, and in which order.</summary>
/// <param name="Filter">A topic filter.</param>
/// <param name="StoredBefore">Only those stored before this moment.</param>
/// <param name="Publisher">Only those whose publisher's client id contains this, whatever the case.</param>
/// <param name="MinSize">Only payloads of at least so many bytes.</param>
public sealed record RetainedQuery(
    string Filter,
    DateTimeOffset? StoredBefore = null,
    string? Publisher = null,
    int MinSize = 0,
    RetainedSort Sort = RetainedSort.Topic);

/// <summary>The retained messages that a <see cref="RetainedQuery"/> found, by their topics in its order.</summary>
/// <param name="Bytes">Of their topics, properties and payloads.</param>
public sealed record RetainedIndex(IReadOnlyList<string> Topics, long Bytes)
{
    public static RetainedIndex Empty { get; } = new([], 0);
}
