using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fuzzing;

/// <summary>A packet that a client has to receive next. A message that is sent for the first time has an identifier that the broker chooses.</summary>
internal sealed record ExpectedPacket(PacketType Type, ModelMessage Message, bool IsDup = false);

/// <summary>One message on its way to one session.</summary>
internal sealed class ModelMessage(int number, string topic, QualityOfService qos, long expiresAt)
{
    public int Number { get; } = number;

    public string Topic { get; } = topic;

    public QualityOfService QoS { get; } = qos;

    public long ExpiresAt { get; } = expiresAt;

    /// <summary>0 until it was sent.</summary>
    public ushort PacketId { get; set; }

    /// <summary>PUBREC has come: only PUBREL is sent from now on.</summary>
    public bool IsReleased { get; set; }

    /// <summary>Has to be sent again on this connection, once there is room in its receive maximum.</summary>
    public bool IsUnsent { get; set; }
}

/// <summary>What the standard and the options promise about one session, told as simply as possible.</summary>
internal sealed class ModelSession(string clientId)
{
    public const int MaxQueued = 8;
    public const uint Forever = uint.MaxValue;

    private readonly Dictionary<string, QualityOfService> _filters = [];
    private readonly List<ModelMessage> _inflight = [];
    private readonly List<ModelMessage> _queue = [];
    private int _receiveMaximum;
    private long _expiresAt;

    public string ClientId => clientId;

    public bool Exists { get; private set; }

    public bool IsConnected { get; private set; }

    public uint Expiry { get; private set; }

    /// <summary>Messages that wait for a PUBACK, a PUBREC or a PUBCOMP of the client.</summary>
    public IReadOnlyList<ModelMessage> Unacknowledged => [.. _inflight.Where(message => !message.IsUnsent)];

    /// <returns>Whether the CONNACK says that the session was there, and what follows it.</returns>
    public (bool SessionPresent, List<ExpectedPacket> Packets) Connect(bool clean, uint expiry, int receiveMaximum, long now)
    {
        if (IsConnected)
        {
            Disconnect(now);
        }

        Expire(now);
        if (clean)
        {
            End();
        }

        var present = Exists;
        (Exists, IsConnected, Expiry, _receiveMaximum) = (true, true, expiry, receiveMaximum);
        var packets = _inflight.Where(message => message.IsReleased).Select(message => new ExpectedPacket(PacketType.PubRel, message)).ToList();
        _inflight.ForEach(message => message.IsUnsent = !message.IsReleased);
        packets.AddRange(Pump(now));
        return (present, packets);
    }

    public void Disconnect(long now)
    {
        IsConnected = false;
        _expiresAt = Expiry == Forever ? long.MaxValue : now + (Expiry * 1000L);
        Expire(now);
    }

    /// <summary>The session ends when its time has come.</summary>
    public void Expire(long now)
    {
        if (Exists && !IsConnected && now >= _expiresAt)
        {
            End();
        }
    }

    public void Subscribe(string filter, QualityOfService qos) => _filters[filter] = qos;

    public bool Unsubscribe(string filter) => _filters.Remove(filter);

    public List<ExpectedPacket> Deliver(int number, string topic, QualityOfService qos, long expiresAt)
    {
        var granted = _filters.Where(pair => Matches(pair.Key, topic)).Select(pair => (QualityOfService?)pair.Value).Max();
        if (!Exists || granted is not { } most)
        {
            return [];
        }

        var message = new ModelMessage(number, topic, qos < most ? qos : most, expiresAt);
        if (message.QoS == QualityOfService.AtMostOnce)
        {
            return IsConnected ? [new ExpectedPacket(PacketType.Publish, message)] : [];
        }

        if (IsConnected && _queue.Count == 0 && !_inflight.Any(other => other.IsUnsent) && HasQuota)
        {
            return [Send(message)];
        }

        if (_queue.Count == MaxQueued)
        {
            _queue.RemoveAt(0);
        }

        _queue.Add(message);
        return [];
    }

    /// <summary>PUBACK or PUBCOMP.</summary>
    public List<ExpectedPacket> Finish(ModelMessage message, long now)
    {
        _inflight.Remove(message);
        return Pump(now);
    }

    private bool HasQuota => _inflight.Count(message => !message.IsUnsent) < _receiveMaximum;

    private List<ExpectedPacket> Pump(long now)
    {
        var packets = new List<ExpectedPacket>();
        while (HasQuota && _inflight.Find(message => message.IsUnsent) is { } again)
        {
            again.IsUnsent = false;
            packets.Add(new ExpectedPacket(PacketType.Publish, again, IsDup: true));
        }

        while (HasQuota && _queue.Count > 0)
        {
            var next = _queue[0];
            _queue.RemoveAt(0);
            if (next.ExpiresAt > now)
            {
                packets.Add(Send(next));
            }
        }

        return packets;
    }

    private ExpectedPacket Send(ModelMessage message)
    {
        _inflight.Add(message);
        return new ExpectedPacket(PacketType.Publish, message);
    }

    private void End()
    {
        Exists = false;
        _filters.Clear();
        _inflight.Clear();
        _queue.Clear();
    }

    /// <summary>Topics of the model have two levels, and its filters are a topic, <c>a/+</c> and <c>#</c>.</summary>
    private static bool Matches(string filter, string topic) =>
        filter == "#" || filter == topic || (filter.EndsWith('+') && topic.StartsWith(filter[..^1], StringComparison.Ordinal));
}
