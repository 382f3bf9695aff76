namespace Dashboard.Broker;

/// <summary>The retained messages that match a filter, as a whole.</summary>
/// <param name="Bytes">Of their topics, properties and payloads.</param>
/// <param name="PageEnds">The last topic of each full page, in order: the next page begins after it.</param>
public sealed record RetainedOutline(int Count, long Bytes, IReadOnlyList<string> PageEnds);
