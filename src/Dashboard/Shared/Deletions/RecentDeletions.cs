using Dashboard.Broker;

namespace Dashboard.Shared.Deletions;

/// <summary>What somebody deleted from the retained store with one press, and can put back.</summary>
/// <param name="Filter">A topic filter, or words for messages that were chosen one by one.</param>
/// <param name="Protected">Messages that stay because they are protected.</param>
public sealed record Deletion(string Filter, DateTimeOffset Time, DeletedRetained Messages, int Protected = 0)
{
    /// <summary>How many deletions before it can no longer be undone, since together they would be too many or too large to be held.</summary>
    public int GivenUp { get; init; }
}

/// <summary>
/// The last deletions on this page, whoever made them, for 10 minutes: an operator can undo after a reload, and what
/// another one did. They are held within a budget; the oldest go first. Thread-safe.
/// </summary>
/// <param name="maxBytes">Of all messages that are held to be put back; 0 holds none.</param>
internal sealed class RecentDeletions(MqttBroker broker, ProtectedTopics protectedTopics, TimeProvider time, long maxBytes)
{
    public const int MaxDeletions = 100;

    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<Deletion> _deletions = [];

    /// <summary>Bytes of all messages that may be held.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>Whether the message of a topic is too large to be held: then it is asked before it is deleted.</summary>
    public bool IsForGood(string topic) => broker.SizeOfRetained([topic]) > maxBytes;

    /// <summary>The deletions that can be undone, the newest first.</summary>
    public IReadOnlyList<Deletion> All
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return [.. Enumerable.Reverse(_deletions)];
            }
        }
    }

    /// <summary>Bytes of the messages that are held now.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_gate)
            {
                Forget();
                return _deletions.Sum(deletion => deletion.Messages.HeldBytes);
            }
        }
    }

    /// <summary>Deletes what matches a filter and is not protected; it can be undone unless it is too large.</summary>
    public Deletion Delete(string filter) => Delete(filter, broker.FindRetained(new RetainedQuery(filter)).Topics);

    /// <summary>Deletes messages that somebody has been shown, less what is protected.</summary>
    /// <param name="name">What was deleted, as it is said afterwards.</param>
    /// <param name="seenAt">A message that came later stays.</param>
    /// <param name="progress">Told now and then how many are done.</param>
    public Deletion Delete(string name, IReadOnlyList<string> topics, DateTimeOffset? seenAt = null, Action<int>? progress = null)
    {
        var free = protectedTopics.All.Count == 0 ? topics : [.. topics.Where(topic => protectedTopics.Of(topic) is null)];
        var deletion = new Deletion(name, time.GetUtcNow(), broker.DeleteRetained(free, maxBytes, seenAt, progress), topics.Count - free.Count);
        if (!deletion.Messages.CanRestore)
        {
            return deletion;
        }

        lock (_gate)
        {
            Forget();
            var givenUp = TooManyBeside(deletion.Messages.HeldBytes);
            _deletions.RemoveRange(0, givenUp);
            deletion = deletion with { GivenUp = givenUp };
            _deletions.Add(deletion);
        }

        return deletion;
    }

    /// <summary>How many deletions could no longer be undone after one of so many bytes.</summary>
    public int GivenUpFor(long bytes)
    {
        lock (_gate)
        {
            Forget();
            return TooManyBeside(bytes);
        }
    }

    /// <summary>Puts a deletion back; null when somebody else has just done so or its time is over.</summary>
    public RestoredRetained? Undo(Deletion deletion)
    {
        lock (_gate)
        {
            Forget();
            if (!_deletions.Remove(deletion))
            {
                return null;
            }
        }

        var restored = deletion.Messages.Restore();
        if (deletion.Messages.CanRestore) // the store is full: what is left can be put back when there is room
        {
            lock (_gate)
            {
                var place = _deletions.FindIndex(later => later.Time > deletion.Time);
                _deletions.Insert(place < 0 ? _deletions.Count : place, deletion);
                Forget();
            }
        }

        return restored;
    }

    /// <summary>Lets go of those whose time is over.</summary>
    private void Forget()
    {
        var now = time.GetUtcNow();
        _deletions.RemoveAll(deletion => now - deletion.Time > HeldFor);
    }

    /// <summary>How many of the oldest have to go for one of so many bytes.</summary>
    private int TooManyBeside(long bytes)
    {
        var kept = 0;
        for (var i = _deletions.Count - 1; i >= 0 && kept < MaxDeletions - 1; i--, kept++)
        {
            bytes += _deletions[i].Messages.HeldBytes;
            if (bytes > maxBytes)
            {
                break;
            }
        }

        return _deletions.Count - kept;
    }
}
