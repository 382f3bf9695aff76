using Dashboard.Broker;
using Dashboard.Shared.Payload;

namespace Dashboard.Features.Retained;

/// <summary>A row of the list; without a message when it was deleted or has expired since the last look.</summary>
public sealed record RetainedEntry(string Topic, RetainedMessage? Message);

/// <summary>
/// The part of the retained store that a filter wants, by topics in its order, of which the messages are read in pieces:
/// a jump to any place costs the rows in sight. Looking at the whole of it takes time that grows with the store, so it rests
/// ten times as long as the last look took.
/// </summary>
public sealed class RetainedList(MqttBroker broker, TimeProvider time)
{
    private const int RestFactor = 10;

    private RetainedFilter _filter = RetainedFilter.All;
    private long _storeVersion = -1;
    private long _restUntil;

    /// <summary>A valid filter; the list has another content at once.</summary>
    public RetainedFilter Filter
    {
        get => _filter;
        set
        {
            _filter = value;
            Look();
        }
    }

    /// <summary>What was found at the last look.</summary>
    public RetainedIndex Found { get; private set; } = RetainedIndex.Empty;

    public int Count => Found.Topics.Count;

    public long Bytes => Found.Bytes;

    /// <summary>When the last look was: a message that came later has not been shown.</summary>
    public DateTimeOffset LookedAt { get; private set; }

    /// <summary>Grows with every look, so that a view knows whether to read again.</summary>
    public long Version { get; private set; }

    /// <summary>Looks again when the store has changed, or ages have, and it is time to.</summary>
    /// <returns>True when it did.</returns>
    public bool Refresh()
    {
        if ((_storeVersion == broker.RetainedVersion && _filter.OlderThan == TimeSpan.Zero) || time.GetTimestamp() < _restUntil)
        {
            return false;
        }

        Look();
        return true;
    }

    /// <summary>Looks again at once.</summary>
    public void Look()
    {
        var started = time.GetTimestamp();
        LookedAt = time.GetUtcNow();
        _storeVersion = broker.RetainedVersion;
        Found = broker.FindRetained(_filter.Query(LookedAt));
        Version++;
        var ended = time.GetTimestamp();
        _restUntil = ended + (RestFactor * (ended - started));
    }

    /// <summary>Some rows of the list with the beginning of their payloads.</summary>
    public IReadOnlyList<RetainedEntry> Read(int start, int count)
    {
        var topics = Found.Topics.Skip(start).Take(count).ToArray();
        return [.. topics.Zip(broker.ReadRetained(topics, PayloadLine.Bytes), (topic, message) => new RetainedEntry(topic, message))];
    }
}
