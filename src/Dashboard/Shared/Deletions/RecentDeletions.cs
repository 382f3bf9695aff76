using Dashboard.Broker;

namespace Dashboard.Shared.Deletions;

/// <summary>What somebody deleted from the retained store with one press, and can put back.</summary>
public sealed record Deletion(string Filter, DateTimeOffset Time, DeletedRetained Messages);

/// <summary>
/// The last deletions on this page, whoever made them, for 10 minutes: an operator can undo after a reload, and what
/// another one did. They are held within a budget; the oldest go first. Thread-safe.
/// </summary>
internal sealed class RecentDeletions(MqttBroker broker, TimeProvider time)
{
    /// <summary>Bytes of all messages that are held to be put back.</summary>
    public const long MaxBytes = 64L * 1024 * 1024;

    public const int MaxDeletions = 100;

    public static readonly TimeSpan HeldFor = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly List<Deletion> _deletions = [];

    /// <summary>The newest deletion that can be undone; null when there is none.</summary>
    public Deletion? Newest
    {
        get
        {
            lock (_gate)
            {
                Trim();
                return _deletions.LastOrDefault();
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
                Trim();
                return _deletions.Sum(deletion => deletion.Messages.HeldBytes);
            }
        }
    }

    /// <summary>Deletes what matches a filter; it can be undone unless it is too large.</summary>
    public Deletion Delete(string filter)
    {
        var deletion = new Deletion(filter, time.GetUtcNow(), broker.DeleteRetainedMatching(filter, MaxBytes));
        lock (_gate)
        {
            if (deletion.Messages.CanRestore)
            {
                _deletions.Add(deletion);
            }

            Trim();
        }

        return deletion;
    }

    /// <summary>Puts a deletion back; null when somebody else has just done so or its time is over.</summary>
    public RestoredRetained? Undo(Deletion deletion)
    {
        lock (_gate)
        {
            Trim();
            if (!_deletions.Remove(deletion))
            {
                return null;
            }
        }

        return deletion.Messages.Restore();
    }

    private void Trim()
    {
        var now = time.GetUtcNow();
        var bytes = 0L;
        var kept = 0;
        for (var i = _deletions.Count - 1; i >= 0 && kept < MaxDeletions; i--, kept++)
        {
            bytes += _deletions[i].Messages.HeldBytes;
            if (bytes > MaxBytes || now - _deletions[i].Time > HeldFor)
            {
                break;
            }
        }

        _deletions.RemoveRange(0, _deletions.Count - kept);
    }
}
