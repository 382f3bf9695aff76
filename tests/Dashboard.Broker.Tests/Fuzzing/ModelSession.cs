using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>What a client asked for with one filter.</summary>
internal sealed record ModelSubscription(QualityOfService QoS, bool RetainAsPublished, uint? Id)
{
    public uint[] Ids => Id is { } id ? [id] : [];
}

/// <summary>What the standard and the options promise about one session, told as simply as possible.</summary>
internal sealed class ModelSession(string clientId, ModelBroker broker)
{
    public const int MaxQueued = 8;
    public const uint Forever = uint.MaxValue;
    public const long Never = long.MaxValue;

    private readonly Dictionary<string, ModelSubscription> _filters = [];
    private readonly List<ModelMessage> _inflight = [];
    private readonly List<ModelMessage> _queue = [];
    private readonly List<(string Filter, string After)> _replays = [];
    private readonly List<ExpectedPacket> _expected = [];
    private int _receiveMaximum;

    public string ClientId => clientId;

    public bool Exists { get; private set; }

    public bool IsConnected { get; private set; }

    /// <summary>Sessions that began earlier have a lower number.</summary>
    public int Created { get; private set; }

    public uint Expiry { get; private set; }

    public ModelWill? Will { get; set; }

    public long WillDueAt { get; set; } = Never;

    public long ExpiresAt { get; set; } = Never;

    public long NextDue => Math.Min(WillDueAt, ExpiresAt);

    public bool IsMember => _filters.ContainsKey(ModelBroker.Shared);

    /// <summary>Messages that wait for a PUBACK, a PUBREC or a PUBCOMP of the client.</summary>
    public IReadOnlyList<ModelMessage> Unacknowledged => [.. _inflight.Where(message => !message.IsUnsent)];

    private bool HasQuota => _inflight.Count(message => !message.IsUnsent) < _receiveMaximum;

    /// <summary>What the client has to receive that it was not asked about yet.</summary>
    public List<ExpectedPacket> TakeExpected()
    {
        List<ExpectedPacket> expected = [.. _expected];
        _expected.Clear();
        return expected;
    }

    /// <summary>A connection begins; what was not acknowledged is sent again, then what waited, then what is left of retained messages.</summary>
    public void Attach(int created, uint expiry, int receiveMaximum, ModelWill? will)
    {
        Created = Exists ? Created : created;
        (Exists, IsConnected, Expiry, _receiveMaximum, Will) = (true, true, expiry, receiveMaximum, will);
        (WillDueAt, ExpiresAt) = (Never, Never);
        _expected.Clear();
        _expected.AddRange(_inflight.Where(message => message.IsReleased).Select(message => new ExpectedPacket(PacketType.PubRel, message)));
        _inflight.ForEach(message => message.IsUnsent = !message.IsReleased);
        Pump();
    }

    public void Detach()
    {
        IsConnected = false;
        _expected.Clear();
    }

    /// <summary>The session ends.</summary>
    /// <returns>What another member of the shared subscription gets instead: what was not begun at QoS 2, or not acknowledged at QoS 1.</returns>
    public List<ModelPublish> End()
    {
        List<ModelPublish> left = [.. _inflight.Where(message => message.QoS == QualityOfService.AtLeastOnce).Concat(_queue).Where(message => message.IsShared).Select(message => message.Published)];
        Detach();
        (Exists, Will) = (false, null);
        (WillDueAt, ExpiresAt) = (Never, Never);
        _filters.Clear();
        _inflight.Clear();
        _queue.Clear();
        _replays.Clear();
        return left;
    }

    public void Subscribe(string filter, ModelSubscription subscription, RetainHandling handling)
    {
        var isNew = _filters.TryAdd(filter, subscription);
        _filters[filter] = subscription;
        if (filter == ModelBroker.Shared)
        {
            return;
        }

        var wantsRetained = handling == RetainHandling.SendAtSubscribe || (handling == RetainHandling.SendAtSubscribeIfNew && isNew);
        if (wantsRetained || handling == RetainHandling.DoNotSend)
        {
            _replays.RemoveAll(replay => replay.Filter == filter);
        }

        if (wantsRetained)
        {
            _replays.Add((filter, ""));
            Pump();
        }
    }

    public void Unsubscribe(string filter)
    {
        _filters.Remove(filter);
        _replays.RemoveAll(replay => replay.Filter == filter);
    }

    /// <summary>One copy at the highest granted QoS, with the identifiers of all subscriptions that match.</summary>
    public void Deliver(ModelPublish message)
    {
        ModelSubscription[] matching = [.. _filters.Where(pair => pair.Key != ModelBroker.Shared && Matches(pair.Key, message.Topic)).Select(pair => pair.Value)];
        if (matching.Length > 0)
        {
            Take(message, matching.Max(one => one.QoS), matching.Any(one => one.RetainAsPublished), [.. matching.SelectMany(one => one.Ids)], isShared: false);
        }
    }

    /// <summary>Takes a message as a member of the shared subscription.</summary>
    /// <returns>False when it does not: it is not there, and the message does not wait.</returns>
    public bool DeliverShared(ModelPublish message)
    {
        var subscription = _filters[ModelBroker.Shared];
        return Take(message, subscription.QoS, subscription.RetainAsPublished, subscription.Ids, isShared: true);
    }

    /// <summary>PUBREC.</summary>
    public void Release(ModelMessage message)
    {
        message.IsReleased = true;
        _expected.Add(new ExpectedPacket(PacketType.PubRel, message));
    }

    /// <summary>PUBACK or PUBCOMP.</summary>
    public void Finish(ModelMessage message)
    {
        _inflight.Remove(message);
        Pump();
    }

    private bool Take(ModelPublish published, QualityOfService granted, bool retainAsPublished, uint[] ids, bool isShared)
    {
        var message = new ModelMessage(published, published.QoS < granted ? published.QoS : granted, published.Retain && retainAsPublished, ids, isShared);
        if (message.QoS == QualityOfService.AtMostOnce)
        {
            if (IsConnected)
            {
                _expected.Add(new ExpectedPacket(PacketType.Publish, message));
            }

            return IsConnected;
        }

        if (IsConnected && _queue.Count == 0 && !_inflight.Any(other => other.IsUnsent) && HasQuota)
        {
            Send(message);
            return true;
        }

        if (_queue.Count == MaxQueued)
        {
            _queue.RemoveAt(0);
        }

        _queue.Add(message);
        return true;
    }

    private void Pump()
    {
        while (HasQuota && _inflight.Find(message => message.IsUnsent) is { } again)
        {
            again.IsUnsent = false;
            _expected.Add(new ExpectedPacket(PacketType.Publish, again, IsDup: true));
        }

        while (HasQuota && _queue.Count > 0)
        {
            var next = _queue[0];
            _queue.RemoveAt(0);
            if (next.Published.ExpiresAt > broker.Now)
            {
                Send(next);
            }
        }

        while (_queue.Count == 0 && _replays.Count > 0 && Replay(_replays[0].Filter, _replays[0].After))
        {
            _replays.RemoveAt(0);
        }
    }

    /// <summary>Retained messages, in the order of their topics, as far as the client takes them.</summary>
    private bool Replay(string filter, string after)
    {
        var subscription = _filters[filter];
        foreach (var retained in broker.RetainedAfter(after).Where(message => Matches(filter, message.Topic)))
        {
            var message = new ModelMessage(retained, retained.QoS < subscription.QoS ? retained.QoS : subscription.QoS, retain: true, subscription.Ids, isShared: false);
            if (message.QoS == QualityOfService.AtMostOnce)
            {
                _expected.Add(new ExpectedPacket(PacketType.Publish, message));
            }
            else if (HasQuota)
            {
                Send(message);
            }
            else
            {
                return false;
            }

            _replays[0] = (filter, retained.Topic);
        }

        return true;
    }

    private void Send(ModelMessage message)
    {
        _inflight.Add(message);
        _expected.Add(new ExpectedPacket(PacketType.Publish, message));
    }

    /// <summary>Topics of the model have two levels, and its filters are a topic, <c>a/+</c> and <c>#</c>.</summary>
    private static bool Matches(string filter, string topic) =>
        filter == "#" || filter == topic || (filter.EndsWith('+') && topic.StartsWith(filter[..^1], StringComparison.Ordinal));
}
