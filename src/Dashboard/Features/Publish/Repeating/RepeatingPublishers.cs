using Dashboard.Broker;
using Dashboard.Features.Publish.Kept;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>
/// All repeating publishers, and when each is due. Changes are kept at once; how many messages were sent is kept every few
/// seconds and at the stop, so that after a power cut a counter may repeat what it said last. One with a limit never goes over
/// it: its count is on the disk before the message goes out.
/// </summary>
internal sealed class RepeatingPublishers
{
    /// <summary>Characters and bytes of one message.</summary>
    public const int MaxSize = 64 * 1024;

    private static readonly TimeSpan KeepCountsEvery = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new(); // guards _all and _changed; the file is written inside it, in the order of the changes
    private readonly Dictionary<string, Turn> _all = [];
    private readonly KeptFile<List<RepeatingPublisher>> _file;
    private readonly MqttBroker _broker;
    private readonly TimeProvider _time;
    private readonly int _most;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _countsKept;
    private bool _countsChanged;

    public RepeatingPublishers(KeptFile<List<RepeatingPublisher>> file, MqttBroker broker, int most, TimeProvider time)
    {
        _file = file;
        _broker = broker;
        _time = time;
        _most = most;
        foreach (var publisher in file.Read() ?? [])
        {
            _all[publisher.Id] = Begin(publisher);
        }
    }

    /// <summary>Why changes are not on the disk; null while all is well.</summary>
    public string? Failure => _file.Failure;

    /// <summary>Ends when somebody has changed something, so that the next turn may come sooner.</summary>
    public Task Changed
    {
        get
        {
            lock (_lock)
            {
                return _changed.Task;
            }
        }
    }

    /// <summary>How often one more, or a larger one, was not kept since the start.</summary>
    public long Refused { get; private set; }

    public IReadOnlyList<RepeatingState> All()
    {
        lock (_lock)
        {
            return [.. _all.Values.Select(turn => turn.State).OrderBy(state => state.Publisher.Draft.Topic, StringComparer.Ordinal).ThenBy(state => state.Publisher.Id, StringComparer.Ordinal)];
        }
    }

    public RepeatingPublisher? Find(string id)
    {
        lock (_lock)
        {
            return _all.GetValueOrDefault(id)?.Publisher;
        }
    }

    public ChangeOutcome Add(MessageDraft draft, TimeSpan every, long? limit)
    {
        lock (_lock)
        {
            return _all.Count >= _most ? Refuse(ChangeOutcome.Full)
                : draft.Size > MaxSize ? Refuse(ChangeOutcome.TooLarge)
                : Put(new RepeatingPublisher { Id = Guid.NewGuid().ToString("N"), Draft = draft.Copy(), Every = every, Limit = limit });
        }
    }

    /// <param name="seen">The one that the person had before them when they changed it.</param>
    public ChangeOutcome Change(RepeatingPublisher seen, Func<RepeatingPublisher, RepeatingPublisher> change)
    {
        lock (_lock)
        {
            if (Check(seen) is var found && found != ChangeOutcome.Done)
            {
                return found;
            }

            var changed = change(_all[seen.Id].Publisher);
            return changed.Draft.Size > MaxSize ? Refuse(ChangeOutcome.TooLarge) : Put(changed with { Version = seen.Version + 1 });
        }
    }

    public ChangeOutcome Delete(RepeatingPublisher seen)
    {
        lock (_lock)
        {
            if (Check(seen) is var found && found != ChangeOutcome.Done)
            {
                return found;
            }

            _all.Remove(seen.Id);
            return Keep();
        }
    }

    /// <summary>Sends what is due, once each however late it is, and says how long the next turn is away; null when nothing runs.</summary>
    public TimeSpan? SendDue()
    {
        var now = _time.GetUtcNow();
        List<(Turn Turn, PublishRequest Request)> due;
        lock (_lock)
        {
            due = [.. _all.Values.Where(turn => turn.Next <= now).Select(turn => (turn, turn.Take(now)))];
            if (due.Exists(one => one.Turn.Publisher.Limit is not null))
            {
                Write();
            }
        }

        foreach (var (turn, request) in due)
        {
            turn.Ended(_broker.Publish(request)); // outside the lock: a large message takes its time
        }

        lock (_lock)
        {
            _countsChanged |= due.Count > 0;
            if (_countsChanged && now - _countsKept >= KeepCountsEvery)
            {
                Write();
            }

            return _all.Values.Min(turn => turn.Next) is { } next ? next - _time.GetUtcNow() : null;
        }
    }

    /// <summary>Keeps the counts as they are now.</summary>
    public void KeepCounts()
    {
        lock (_lock)
        {
            if (_countsChanged)
            {
                Write();
            }
        }
    }

    private ChangeOutcome Refuse(ChangeOutcome outcome)
    {
        Refused++;
        return outcome;
    }

    private ChangeOutcome Check(RepeatingPublisher seen) =>
        !_all.TryGetValue(seen.Id, out var turn) ? ChangeOutcome.Gone
        : turn.Publisher.Version != seen.Version ? ChangeOutcome.ChangedMeanwhile
        : ChangeOutcome.Done;

    private ChangeOutcome Put(RepeatingPublisher publisher)
    {
        _all[publisher.Id] = Begin(publisher);
        return Keep();
    }

    private Turn Begin(RepeatingPublisher publisher) => new(publisher, _time.GetUtcNow());

    private ChangeOutcome Keep()
    {
        Write();
        _changed.TrySetResult();
        _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return ChangeOutcome.Done;
    }

    private void Write()
    {
        _file.Write([.. _all.Values.Select(turn => turn.Publisher)]);
        _countsKept = _time.GetUtcNow();
        _countsChanged = false;
    }
}
