using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What is between the sessions: retained messages, wills, one shared subscription, and what is due by the clock.</summary>
internal sealed class ModelBroker
{
    /// <summary>The only shared subscription; its members take turns in the order in which they joined.</summary>
    public const string Shared = "$share/g/a/+";

    private readonly ManualTime _time;
    private readonly SortedDictionary<string, ModelPublish> _retained = new(StringComparer.Ordinal);
    private readonly List<ModelSession> _members = [];
    private readonly PriorityQueue<(ModelSession Session, int Created), long> _due = new();
    private int _created;
    private int _turn;

    public ModelBroker(ManualTime time)
    {
        _time = time;
        Sessions = [new("s0", this), new("s1", this), new("s2", this)];
    }

    public ModelSession[] Sessions { get; }

    /// <summary>Unix milliseconds.</summary>
    public long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The retained messages that have not expired, after a topic.</summary>
    public IEnumerable<ModelPublish> RetainedAfter(string topic) =>
        _retained.Where(pair => string.CompareOrdinal(pair.Key, topic) > 0 && pair.Value.ExpiresAt > Now).Select(pair => pair.Value);

    /// <returns>Whether the session was there.</returns>
    public bool Connect(ModelSession session, bool clean, uint expiry, int receiveMaximum, ModelWill? will)
    {
        var ends = clean || session.Expiry == 0 || Now >= session.ExpiresAt;
        var displaced = session.Will is { Delay: > 0 } && !ends ? null : session.Will; // cancelled by a connection in time
        if (session.Exists && ends)
        {
            End(session);
        }

        var present = session.Exists;
        session.Attach(++_created, expiry, receiveMaximum, will);
        Publish(displaced);
        return present;
    }

    public void Disconnect(ModelSession session, bool isGoodbye)
    {
        session.Detach();
        var will = isGoodbye ? null : session.Will;
        var delay = Math.Min(will?.Delay ?? 0, session.Expiry);
        session.Will = delay > 0 ? will : null;
        session.WillDueAt = delay > 0 ? Now + (delay * 1000L) : ModelSession.Never;
        if (session.Expiry == 0)
        {
            End(session);
        }
        else
        {
            session.ExpiresAt = session.Expiry == ModelSession.Forever ? ModelSession.Never : Now + (session.Expiry * 1000L);
            Schedule(session);
        }

        Publish(delay > 0 ? null : will);
    }

    /// <summary>Publishes the wills and ends the sessions whose time has come.</summary>
    public void EndDue()
    {
        while (_due.TryPeek(out var next, out var due) && due <= Now)
        {
            _due.Dequeue();
            var session = next.Session;
            if (!session.Exists || session.Created != next.Created || session.IsConnected || session.NextDue > Now)
            {
                continue;
            }

            var will = session.Will;
            (session.Will, session.WillDueAt) = (null, ModelSession.Never);
            if (session.ExpiresAt <= Now)
            {
                End(session);
            }
            else
            {
                Schedule(session);
            }

            Publish(will);
        }
    }

    public void Publish(ModelPublish message)
    {
        if (message.Retain && message.Number == 0)
        {
            _retained.Remove(message.Topic);
        }
        else if (message.Retain)
        {
            _retained[message.Topic] = message;
        }

        Array.ForEach(Sessions, session => session.Deliver(message));
        if (message.Topic.StartsWith("a/", StringComparison.Ordinal))
        {
            PassOn(message);
        }
    }

    /// <summary>A member that subscribes again joins again, as the last.</summary>
    public void Join(ModelSession session)
    {
        _members.Remove(session);
        _members.Add(session);
    }

    public void Leave(ModelSession session)
    {
        _members.Remove(session);
        _turn = _members.Count == 0 ? 0 : _turn;
    }

    /// <summary>After a restart the turns begin anew, in the order of the sessions.</summary>
    public void Restart()
    {
        _turn = 0;
        _members.Clear();
        _members.AddRange(Sessions.Where(session => session.IsMember).OrderBy(session => session.Created));
        _due.Clear();
        Array.ForEach(Sessions, Schedule);
    }

    /// <summary>To one member that is there; while none is, to one for whom it can wait.</summary>
    private void PassOn(ModelPublish message)
    {
        if (_members.Count == 0)
        {
            return;
        }

        _turn++;
        var inTurn = Enumerable.Range(0, _members.Count).Select(i => _members[(_turn + i) % _members.Count]).ToList();
        _ = inTurn.Find(member => member.IsConnected) is { } there ? there.DeliverShared(message) : inTurn.Exists(member => member.DeliverShared(message));
    }

    private void Publish(ModelWill? will)
    {
        if (will is not null)
        {
            Publish(will.Message);
        }
    }

    private void End(ModelSession session)
    {
        var left = session.End();
        Leave(session);
        left.Where(message => message.ExpiresAt > Now).ToList().ForEach(PassOn);
    }

    private void Schedule(ModelSession session)
    {
        if (session.Exists && session.NextDue != ModelSession.Never)
        {
            _due.Enqueue((session, session.Created), session.NextDue);
        }
    }
}
