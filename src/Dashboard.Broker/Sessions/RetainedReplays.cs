namespace Dashboard.Broker.Sessions;

/// <summary>
/// The replays of a session that are not complete, in the order of their subscriptions. They are part of its state: one
/// that a connection's end interrupts goes on with the next connection, also after a restart, since the client was told
/// with SUBACK that it gets these messages [MQTT-3.3.1-9]. Not thread-safe: the session's lock guards it.
/// </summary>
internal sealed class RetainedReplays(SessionJournal journal)
{
    private readonly List<RetainedReplay> _replays = [];

    /// <summary>The one that is sent now; null when there is none.</summary>
    public RetainedReplay? Current => _replays.Count > 0 ? _replays[0] : null;

    /// <summary>Adds one, in place of an earlier one for the same filter.</summary>
    public void Add(RetainedReplay replay)
    {
        Cancel(replay.Filter);
        _replays.Add(replay);
    }

    public void Restore(IEnumerable<RetainedReplay> replays) => _replays.AddRange(replays);

    public void Complete() => RemoveAt(0);

    /// <summary>Nothing more is sent for a filter.</summary>
    public void Cancel(string filter)
    {
        var at = _replays.FindIndex(replay => replay.Filter == filter);
        if (at >= 0)
        {
            RemoveAt(at);
        }
    }

    public void Clear() => _replays.Clear();

    /// <summary>Writes down how far a replay has come, unless it is complete.</summary>
    public void Save(RetainedReplay replay)
    {
        if (_replays.Contains(replay) && (!replay.IsStored || replay.StoredAfter != replay.After))
        {
            replay.IsStored = true;
            replay.StoredAfter = replay.After;
            journal.Replaying(replay.Filter, replay.After ?? "");
        }
    }

    private void RemoveAt(int at)
    {
        if (_replays[at].IsStored)
        {
            journal.Replaying(_replays[at].Filter, after: null);
        }

        _replays.RemoveAt(at);
    }
}
