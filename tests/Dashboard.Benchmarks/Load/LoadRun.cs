using System.Diagnostics;

namespace Dashboard.Benchmarks.Load;

/// <summary>
/// Drives one broker through one plan: connects, warms up, measures, lets everything arrive, leaves. One thread, so that a
/// machine with two processors has one for the broker.
/// </summary>
internal sealed class LoadRun : IDisposable
{
    private const long Millisecond = 1_000_000;
    private static readonly TimeSpan TimeToArrive = TimeSpan.FromSeconds(3);

    /// <summary>A message later than this counts from when it was due, so that a stalled client does not hide a stalled broker.</summary>
    private const long MayBeLate = 2 * Millisecond;

    private static int _runs;

    private readonly LoadPlan _plan;
    private readonly ConnectionCrowd _crowd;
    private readonly Arrivals _arrivals;
    private readonly Publisher[] _publishers;
    private long _sent;
    private int _next;

    public LoadRun(LoadPlan plan, int port)
    {
        _plan = plan;
        _arrivals = new Arrivals(plan.Publishers, plan.Subscribers);
        _crowd = new ConnectionCrowd(plan.Payload + 1024) { Arrivals = _arrivals };
        var run = $"b{Environment.ProcessId}-{Interlocked.Increment(ref _runs)}";
        _crowd.Open(plan.Subscribers, (poll, id, i) => new LoadConnection(
            poll, id, port, plan.IsWebSocket, ClientPackets.Connect($"{run}s{i}", plan.IsDurable), ClientPackets.Subscribe([plan.FilterOf(i)], plan.QoS)) { Index = i });
        _crowd.Open(plan.Publishers, (poll, id, i) => new LoadConnection(
            poll, id, port, plan.IsWebSocket, ClientPackets.Connect($"{run}p{i}"), null) { Index = i });
        _crowd.Open(plan.Audience.Count, (poll, id, i) => new LoadConnection(
            poll, id, port, plan.IsWebSocket, ClientPackets.Connect($"{run}a{i}"), ClientPackets.Subscribe(plan.Audience[i], qos: 0)) { Index = LoadConnection.Uncounted });
        _publishers = [.. Enumerable.Range(0, plan.Publishers).Select(i => new Publisher(_crowd[plan.Subscribers + i], plan))];
    }

    public static LoadResult Run(LoadPlan plan, int port, int brokerProcess)
    {
        using var run = new LoadRun(plan, port);
        return run.Measure(brokerProcess);
    }

    public LoadResult Measure(int brokerProcess)
    {
        Drive(_plan.WarmUp);
        var received = _arrivals.Received;
        _arrivals.Latency.Clear();
        var ownCpu = Environment.CpuUsage.TotalTime;
        var brokerCpu = ProcessFigures.Cpu(brokerProcess);
        var began = Stopwatch.GetTimestamp();

        Drive(_plan.Duration);

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        ownCpu = Environment.CpuUsage.TotalTime - ownCpu;
        brokerCpu = ProcessFigures.Cpu(brokerProcess) - brokerCpu;
        received = _arrivals.Received - received;
        var (p50, p99) = (_arrivals.Latency.Microseconds(0.5), _arrivals.Latency.Microseconds(0.99));
        LetArrive();
        return new LoadResult
        {
            Received = received,
            Seconds = seconds,
            Lost = (_sent * _plan.Fan) - _arrivals.Received,
            Disordered = _arrivals.Disordered,
            P50 = p50,
            P99 = p99,
            OwnCpu = ownCpu.TotalSeconds,
            BrokerCpu = brokerCpu.TotalSeconds,
        };
    }

    public void Dispose() => _crowd.Dispose();

    private void Drive(TimeSpan duration)
    {
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var before = _sent;
        for (var now = began; now < end; now = Stopwatch.GetTimestamp())
        {
            var credit = Credit();
            var wait = 20 * Millisecond;
            if (_plan.Rate > 0)
            {
                var due = before + (long)((now - began) / 1e9 * _plan.Rate) + 1;
                credit = Math.Min(credit, due - _sent);
                wait = Math.Max(0, DueAt(began, _sent - before) - now);
            }

            var published = credit > 0 && PublishRound(credit, began, before);
            _crowd.Turn(published ? 0 : Math.Min(wait, end - now));
        }
    }

    private long Credit() => (_plan.Outstanding - ((_sent * _plan.Fan) - _arrivals.Received)) / _plan.Fan;

    private long DueAt(long began, long number) => began + (long)(number * 1e9 / _plan.Rate);

    /// <summary>One turn for each publisher, as far as the credit goes.</summary>
    private bool PublishRound(long credit, long began, long before)
    {
        var any = false;
        for (var i = 0; i < _publishers.Length && credit > 0; i++)
        {
            var count = _publishers[_next].Publish(credit, DueIfLate(began, before));
            _next = (_next + 1) % _publishers.Length;
            _sent += count;
            credit -= count;
            any |= count > 0;
        }

        return any;
    }

    private long DueIfLate(long began, long before)
    {
        if (_plan.Rate <= 0)
        {
            return 0;
        }

        var due = DueAt(began, _sent - before);
        return Stopwatch.GetTimestamp() - due > MayBeLate ? due : 0;
    }

    private void LetArrive()
    {
        var last = _arrivals.Received;
        var since = Stopwatch.GetTimestamp();
        while (_arrivals.Received < _sent * _plan.Fan || !Array.TrueForAll(_publishers, publisher => publisher.IsDone))
        {
            _crowd.Turn(20 * Millisecond);
            if (_arrivals.Received != last)
            {
                (last, since) = (_arrivals.Received, Stopwatch.GetTimestamp());
            }
            else if (Stopwatch.GetElapsedTime(since) > TimeToArrive)
            {
                return;
            }
        }
    }
}
