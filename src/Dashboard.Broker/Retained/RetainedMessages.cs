using System.Collections.Concurrent;
using System.Collections.Immutable;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Retained;

/// <summary>
/// The retained messages, at most one a topic (section 3.3.1.3), which no session takes with it [MQTT-3.1.2-7, 3.1.1]. Readers walk them in the order of their topics, a page
/// at a time and without a lock: a replay to a new subscriber and a page of the dashboard resume after the last topic they had.
/// </summary>
internal sealed class RetainedMessages(BrokerOptions options, IBrokerStore store, LimitHits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, RetainedEntry> _byTopic = new(StringComparer.Ordinal);
    private ImmutableSortedSet<RetainedEntry> _sorted = RetainedOrder.Empty;
    private long _bytes;
    private long _version;

    public int Count => Volatile.Read(ref _sorted).Count;

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Grows with every change, so that a viewer knows whether to look again.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Messages that were not retained because the store was full.</summary>
    public long Refused { get; private set; }

    /// <summary>Keeps a message that was published with the retain flag; an empty payload removes the one that is there.</summary>
    /// <param name="generation">What the store has to commit before the change is safe; 0 when it is not stored.</param>
    public RetainOutcome Set(ref OutgoingPublish publish, out long generation)
    {
        if (publish.Payload.IsEmpty)
        {
            var removed = TakeOut(publish.Topic.Name, out generation); // [MQTT-3.3.1-6] [MQTT-3.3.1-7] [MQTT-3.3.1-10, 3.1.1] [MQTT-3.3.1-11, 3.1.1]
            removed?.Release();
            return removed is null ? RetainOutcome.NothingThere : RetainOutcome.Cleared;
        }

        lock (_gate)
        {
            _byTopic.TryGetValue(publish.Topic.Name, out var entry);
            if (LimitOf(publish.Topic.Name, entry, publish.Topic.Utf8.Length + publish.Properties.Length + publish.Payload.Length) is { } limit)
            {
                Refused++;
                limits.Count(limit, publish.PublisherId, publish.ReceivedAt);
                generation = 0;
                return RetainOutcome.Full;
            }

            var message = publish.Keep();
            message.AddReference();
            generation = Put(entry, message); // [MQTT-3.3.1-5], at QoS 0 as well [MQTT-3.3.1-7, 3.1.1]
            return entry is null ? RetainOutcome.Stored : RetainOutcome.Replaced;
        }
    }

    /// <summary>Removes what is retained on a topic.</summary>
    /// <returns>True when there was something.</returns>
    public bool Remove(string topic)
    {
        var removed = TakeOut(topic);
        removed?.Release();
        return removed is not null;
    }

    /// <summary>Removes what is retained on a topic and gives it, with a reference, to the caller; null when there was nothing.</summary>
    /// <param name="notAfter">A message that came later (Unix milliseconds) stays: whoever asks has not seen it.</param>
    public ApplicationMessage? TakeOut(string topic, long notAfter = long.MaxValue) => TakeOut(topic, out _, notAfter);

    /// <summary>Puts back the messages of before a restart.</summary>
    public void Restore(IReadOnlyList<ApplicationMessage> messages)
    {
        lock (_gate)
        {
            foreach (var message in messages)
            {
                _byTopic[message.Topic.Name] = new RetainedEntry(message.Topic.Name, message);
                _bytes += message.Size;
            }

            _sorted = RetainedOrder.Empty.Union(_byTopic.Values);
        }
    }

    /// <summary>Stores a message that was taken out, as it was, unless its topic has a newer one. It needs a reference of its own.</summary>
    public PutBack PutBack(ApplicationMessage message)
    {
        if (message.HasExpired(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return Retained.PutBack.Expired;
        }

        lock (_gate)
        {
            if (_byTopic.ContainsKey(message.Topic.Name))
            {
                return Retained.PutBack.Newer;
            }

            if (LimitOf(message.Topic.Name, entry: null, message.Size) is not null)
            {
                return Retained.PutBack.NoRoom;
            }

            message.AddReference();
            Put(entry: null, message);
            return Retained.PutBack.Stored;
        }
    }

    /// <summary>Stores a message as it is, unless its topic has one that is as new. It needs a reference of its own.</summary>
    public PutBack Import(ApplicationMessage message)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (message.HasExpired(now))
        {
            return Retained.PutBack.Expired;
        }

        lock (_gate)
        {
            _byTopic.TryGetValue(message.Topic.Name, out var entry);
            if (entry?.Take() is { } there)
            {
                var isNewer = there.ReceivedAt >= message.ReceivedAt && !there.HasExpired(now);
                there.Release();
                if (isNewer)
                {
                    return Retained.PutBack.Newer;
                }
            }

            if (LimitOf(message.Topic.Name, entry, message.Size) is not null)
            {
                return Retained.PutBack.NoRoom;
            }

            message.AddReference();
            Put(entry, message);
            return Retained.PutBack.Stored;
        }
    }

    /// <summary>The message on one topic with a reference for the caller, or null.</summary>
    public ApplicationMessage? Find(string topic) =>
        _byTopic.TryGetValue(topic, out var entry) && entry.Take() is { } message ? Unexpired(message) : null;

    /// <summary>
    /// Walks the messages whose topic matches, in order, starting after a topic (null: at the first). The caller releases each.
    /// </summary>
    public IEnumerable<ApplicationMessage> Matching(string filter, string? after = null)
    {
        var sorted = Volatile.Read(ref _sorted);
        var prefix = RetainedOrder.LiteralPrefix(filter);
        var from = after is null ? RetainedOrder.Position(sorted, prefix) : RetainedOrder.PositionAfter(sorted, after);
        for (var i = from; i < sorted.Count; i++)
        {
            var entry = sorted[i];
            if (!entry.Topic.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield break;
            }

            if (TopicFilter.Matches(filter, entry.Topic) && entry.Take() is { } message && Unexpired(message) is { } live)
            {
                yield return live;
            }
        }
    }

    /// <summary>How many are the broker's own, below <c>$SYS</c>.</summary>
    public int CountOfSystem()
    {
        var sorted = Volatile.Read(ref _sorted);
        return RetainedOrder.Position(sorted, "$SYS0") - RetainedOrder.Position(sorted, "$SYS/"); // 0 follows /
    }

    /// <summary>Removes what has expired; called from time to time, since readers already pass over it [MQTT-3.3.2-5].</summary>
    public int RemoveExpired()
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var expired = new List<string>();
        foreach (var entry in Volatile.Read(ref _sorted))
        {
            if (entry.HasExpired(now))
            {
                expired.Add(entry.Topic);
            }
        }

        return expired.Count(topic => RemoveExpired(topic, now));
    }

    /// <summary>Looks again under the lock: a message that was set meanwhile stays.</summary>
    private bool RemoveExpired(string topic, long now)
    {
        lock (_gate)
        {
            if (!_byTopic.TryGetValue(topic, out var entry) || !entry.HasExpired(now))
            {
                return false;
            }

            return Remove(topic);
        }
    }

    /// <summary>The limit that a message of a size would exceed in the place of what its topic has; null when there is room.</summary>
    private Limit? LimitOf(string topic, RetainedEntry? entry, int size)
    {
        if (entry is null && _sorted.Count >= options.MaxRetainedMessages)
        {
            return Limit.MaxRetainedMessages;
        }

        // The server's own topics are few, and tell of this limit too: they go on when there is no room.
        var growth = size - (entry?.Size ?? 0);
        return growth > 0 && Bytes + growth > options.MaxRetainedBytes && !Topic.IsBrokersOwn(topic) ? Limit.MaxRetainedBytes : null;
    }

    private ApplicationMessage? TakeOut(string topic, out long generation, long notAfter = long.MaxValue)
    {
        generation = 0;
        lock (_gate)
        {
            if (!_byTopic.TryGetValue(topic, out var entry))
            {
                return null;
            }

            var message = entry.Take();
            if (message?.ReceivedAt > notAfter)
            {
                message.Release();
                return null;
            }

            _byTopic.TryRemove(topic, out _);
            _sorted = _sorted.Remove(entry);
            Interlocked.Add(ref _bytes, entry.Replace(null));
            Interlocked.Increment(ref _version);
            generation = Store(topic, null);
            return message;
        }
    }

    private long Put(RetainedEntry? entry, ApplicationMessage message)
    {
        if (entry is null)
        {
            entry = new RetainedEntry(message.Topic.Name, message);
            _sorted = _sorted.Add(entry);
            _byTopic[entry.Topic] = entry;
            Interlocked.Add(ref _bytes, message.Size);
        }
        else
        {
            Interlocked.Add(ref _bytes, entry.Replace(message));
        }

        Interlocked.Increment(ref _version);
        return Store(entry.Topic, message);
    }

    /// <summary>The server's own topics are made anew at every start and are not stored.</summary>
    private long Store(string topic, ApplicationMessage? message) => Topic.IsBrokersOwn(topic) ? 0 : store.SetRetained(topic, message);

    private ApplicationMessage? Unexpired(ApplicationMessage message)
    {
        if (!message.HasExpired(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return message;
        }

        message.Release();
        return null;
    }
}
