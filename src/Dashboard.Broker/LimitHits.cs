namespace Dashboard.Broker;

/// <summary>The limits that a client can run into, by the names of their options in <see cref="BrokerOptions"/>.</summary>
public enum Limit
{
    MaxConnections,
    MaxConnectionsPerAddress,
    ConnectTimeout,
    MaxConnectPacketSize,
    MaxPacketSize,
    MaxSessions,
    MaxPublishRate,
    MaxKeepAlive,
    MaxSessionExpiry,
    MaxInflight,
    ReceiveMaximum,
    TopicAliasMaximum,
    MaxQueuedMessages,
    MaxQueuedBytes,
    MaxOutboxBytes,
    MaxSubscriptionsPerSession,
    MaxTopicLevels,
    MaxTopicLength,
    MaxTopics,
    MaxRetainedMessages,
    MaxRetainedBytes,
    MaxMemory,
}

/// <summary>How often a limit was hit since the start.</summary>
/// <param name="Client">Who hit it last: the client id, or the address of somebody who had none yet.</param>
public sealed record LimitHit(Limit Limit, long Times, DateTimeOffset Last, string? Client);

/// <summary>Which limits were hit, how often, when and by whom. Counting takes no lock and allocates nothing. Thread-safe.</summary>
public sealed class LimitHits
{
    private readonly Entry[] _entries = [.. Enum.GetValues<Limit>().Select(_ => new Entry())];

    /// <summary>The limits that were hit, the last one first.</summary>
    public IReadOnlyList<LimitHit> All =>
    [
        .. Enum.GetValues<Limit>()
            .Select(limit => (Limit: limit, Entry: _entries[(int)limit]))
            .Where(pair => pair.Entry.Times > 0)
            .Select(pair => new LimitHit(pair.Limit, pair.Entry.Times, DateTimeOffset.FromUnixTimeMilliseconds(pair.Entry.Last), pair.Entry.Client))
            .OrderByDescending(hit => hit.Last),
    ];

    /// <summary>How often one limit was hit since the start.</summary>
    public long Times(Limit limit) => Interlocked.Read(ref _entries[(int)limit].Times);

    /// <param name="now">Unix milliseconds.</param>
    internal void Count(Limit limit, string? client, long now, int times = 1)
    {
        var entry = _entries[(int)limit];
        if (!ReferenceEquals(entry.Client, client) || entry.Last != now)
        {
            Volatile.Write(ref entry.Client, client);
            Volatile.Write(ref entry.Last, now);
        }

        Interlocked.Add(ref entry.Times, times);
    }

    private sealed class Entry
    {
        public long Times;
        public long Last;
        public string? Client;
    }
}
