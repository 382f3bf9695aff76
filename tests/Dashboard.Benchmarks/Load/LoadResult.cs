namespace Dashboard.Benchmarks.Load;

/// <summary>What one run brought. Rates and CPU are of the measured time alone, losses of the whole run.</summary>
internal sealed record LoadResult
{
    public required long Received { get; init; }

    /// <summary>Seconds that were measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Deliveries that never came.</summary>
    public required long Lost { get; init; }

    /// <summary>Messages that came after a later one of the same publisher, or twice.</summary>
    public required long Disordered { get; init; }

    /// <summary>Latency in µs from the publisher's send to the subscriber's read.</summary>
    public required double P50 { get; init; }

    public required double P99 { get; init; }

    /// <summary>CPU seconds of the load client itself.</summary>
    public required double OwnCpu { get; init; }

    /// <summary>CPU seconds of the broker.</summary>
    public required double BrokerCpu { get; init; }

    public double PerSecond => Received / Seconds;

    /// <summary>µs of the broker's CPU for each delivery.</summary>
    public double CpuPerMessage => BrokerCpu * 1e6 / Math.Max(1, Received);

    /// <summary>Share of one processor that the load client used; near 1 it may have been the limit.</summary>
    public double OwnShare => OwnCpu / Seconds;
}
