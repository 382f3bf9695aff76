using Dashboard.Broker.Monitoring.History;

namespace Dashboard.Broker.Monitoring;

/// <summary>The figures of the broker at one moment; packets, publishes, bytes and what was lost or refused count since the start.</summary>
/// <param name="Connections">Network connections that are open.</param>
/// <param name="ConnectionsOpened">Network connections since the start.</param>
/// <param name="Clients">Clients that are connected.</param>
/// <param name="Sessions">Sessions, connected or kept.</param>
/// <param name="MaximumClients">The most clients at one time.</param>
/// <param name="SystemTopics">Those of <paramref name="Topics"/> that are the broker's own, below <c>$SYS</c>.</param>
/// <param name="SystemRetained">Those of <paramref name="Retained"/> that are the broker's own.</param>
/// <param name="Queued">QoS 1 and 2 messages that wait in sessions.</param>
/// <param name="Refused">Connections that never became a client.</param>
/// <param name="ProtocolErrors">Connections closed because of a packet that breaks the standard.</param>
/// <param name="OutboxBytes">Bytes that wait for the networks of all clients.</param>
/// <param name="MemoryBytes">Memory of the process.</param>
public sealed record StatisticsSnapshot(
    DateTimeOffset Time,
    TimeSpan Uptime,
    int Connections,
    long ConnectionsOpened,
    int Clients,
    int Sessions,
    int MaximumClients,
    int Subscriptions,
    int Topics,
    int SystemTopics,
    int Retained,
    int SystemRetained,
    long RetainedBytes,
    int Inflight,
    int Queued,
    long QueuedBytes,
    long PacketsReceived,
    long PacketsSent,
    long PublishesReceived,
    long PublishesSent,
    long BytesReceived,
    long BytesSent,
    Dropped Dropped,
    long Refused,
    long ProtocolErrors,
    long RetainedRefused,
    long UntrackedMessages,
    long OutboxBytes,
    long MemoryBytes)
{
    /// <summary>Topics that clients published on.</summary>
    public int OwnTopics => Math.Max(0, Topics - SystemTopics); // counted one after the other, while topics come and go

    /// <summary>What clients published and the broker keeps.</summary>
    public int OwnRetained => Math.Max(0, Retained - SystemRetained);
}

/// <summary>Rates over about one second.</summary>
public sealed record RateSample(DateTimeOffset Time, double MessagesIn, double MessagesOut, double BytesIn, double BytesOut, double Dropped, int Clients);

/// <summary>The broker's figures now. Thread-safe.</summary>
public sealed class BrokerStatistics
{
    private readonly MqttBroker _broker;
    private readonly BrokerMonitor _monitor;
    private readonly BrokerHistory _history;
    private readonly DateTimeOffset _startedAt;
    private StatisticsSnapshot _latest;
    private RateSample? _newest;

    internal BrokerStatistics(MqttBroker broker, BrokerMonitor monitor, BrokerHistory history)
    {
        _broker = broker;
        _monitor = monitor;
        _history = history;
        _startedAt = broker.Time.GetUtcNow();
        _latest = Take();
    }

    /// <summary>The figures as they were at the last full second.</summary>
    public StatisticsSnapshot Latest => Volatile.Read(ref _latest);

    /// <summary>The rates of the last second; null before there are any.</summary>
    public RateSample? Newest => Volatile.Read(ref _newest);

    /// <summary>Takes the figures of this moment and the rates since the last time.</summary>
    internal void Sample()
    {
        var before = _latest;
        var now = Take();
        var seconds = Math.Max((now.Time - before.Time).TotalSeconds, 0.001);
        var sample = new RateSample(
            now.Time,
            (now.PublishesReceived - before.PublishesReceived) / seconds,
            (now.PublishesSent - before.PublishesSent) / seconds,
            (now.BytesReceived - before.BytesReceived) / seconds,
            (now.BytesSent - before.BytesSent) / seconds,
            (now.Dropped.Total - before.Dropped.Total) / seconds,
            now.Clients);
        Remember(before, now, sample, seconds);
        Volatile.Write(ref _newest, sample);
        Volatile.Write(ref _latest, now);
    }

    private void Remember(StatisticsSnapshot before, StatisticsSnapshot now, RateSample rates, double seconds)
    {
        var sample = new double[HistoryPoint.Figures];
        sample[(int)HistoryFigure.MessagesIn] = rates.MessagesIn;
        sample[(int)HistoryFigure.MessagesOut] = rates.MessagesOut;
        sample[(int)HistoryFigure.BytesIn] = rates.BytesIn;
        sample[(int)HistoryFigure.BytesOut] = rates.BytesOut;
        sample[(int)HistoryFigure.Clients] = now.Clients;
        sample[(int)HistoryFigure.Sessions] = now.Sessions;
        sample[(int)HistoryFigure.Subscriptions] = now.Subscriptions;
        sample[(int)HistoryFigure.Retained] = now.OwnRetained;
        sample[(int)HistoryFigure.Queued] = now.Queued;
        sample[(int)HistoryFigure.DroppedSlow] = (now.Dropped.SlowClient - before.Dropped.SlowClient) / seconds;
        sample[(int)HistoryFigure.DroppedQueue] = (now.Dropped.QueueFull - before.Dropped.QueueFull) / seconds;
        sample[(int)HistoryFigure.DroppedExpired] = (now.Dropped.Expired - before.Dropped.Expired) / seconds;
        sample[(int)HistoryFigure.Refused] = (now.Refused - before.Refused) / seconds;
        sample[(int)HistoryFigure.Memory] = now.MemoryBytes;
        _history.Add(now.Time, sample);
    }

    private StatisticsSnapshot Take()
    {
        var now = _broker.Time.GetUtcNow();
        var traffic = _broker.Connections.Total;
        var (inflight, queued, queuedBytes) = SumOfSessions();
        return new StatisticsSnapshot(
            now,
            now - _startedAt,
            _broker.Connections.Count,
            _broker.Connections.Opened,
            _broker.Sessions.Connected,
            _broker.Sessions.Count,
            _broker.Sessions.MaximumConnected,
            _broker.Subscriptions.Count,
            _broker.Topics.Count,
            _monitor.SystemTopics,
            _broker.RetainedCount,
            _broker.RetainedStore.CountOfSystem(),
            _broker.RetainedBytes,
            inflight,
            queued,
            queuedBytes,
            traffic.PacketsReceived,
            traffic.PacketsSent,
            traffic.PublishesReceived,
            traffic.PublishesSent,
            traffic.BytesReceived,
            traffic.BytesSent,
            _monitor.Dropped,
            _broker.Connections.Refused,
            _broker.Connections.ProtocolErrors,
            _broker.RetainedStore.Refused,
            _broker.Topics.Untracked,
            _broker.Connections.Open.Sum(connection => (long)connection.OutboxBytes),
            Environment.WorkingSet);
    }

    private (int Inflight, int Queued, long QueuedBytes) SumOfSessions()
    {
        var (inflight, queued, bytes) = (0, 0, 0L);
        foreach (var session in _broker.Sessions.All)
        {
            var depth = session.Outbound.Depth();
            inflight += depth.Inflight;
            queued += depth.Queued;
            bytes += depth.QueuedBytes;
        }

        return (inflight, queued, bytes);
    }
}
