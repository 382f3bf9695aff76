namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>Who did most in a stretch of time.</summary>
/// <param name="Name">A topic or a client id.</param>
public sealed record Busy(string Name, long Messages, long Bytes);

/// <summary>The busiest topics and clients of a stretch of time, by messages and by bytes.</summary>
/// <param name="Since">The beginning of that time; null when it is the start of the broker.</param>
public sealed record Ranking(
    DateTimeOffset? Since,
    DateTimeOffset Until,
    IReadOnlyList<Busy> TopicsByMessages,
    IReadOnlyList<Busy> TopicsByBytes,
    IReadOnlyList<Busy> ClientsByMessages,
    IReadOnlyList<Busy> ClientsByBytes);
