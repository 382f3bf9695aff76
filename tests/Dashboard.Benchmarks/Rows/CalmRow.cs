using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>What a message costs, and how late it is, when there are few of them.</summary>
internal sealed class CalmRow(string name, string title, LoadPlan plan, double cpuOverMosquitto) : Row(name)
{
    public override IReadOnlyList<Line> Lines =>
    [
        new($"{Name}-cpu", $"{title}: broker's CPU", "µs a message") { IsLowerBetter = true, OverMosquitto = cpuOverMosquitto },
        new($"{Name}-p50", $"{title}: latency p50", "µs") { IsLowerBetter = true, OverMosquitto = 1.0 },
        new($"{Name}-p99", $"{title}: latency p99", "µs") { IsLowerBetter = true, OverMosquitto = 2.0 },
    ];

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        using var apart = new Apart(peer.ProcessId);
        var result = await settings.Load.Run(plan with { Duration = settings.Duration }, peer);
        return Sample.Of(result, result.CpuPerMessage, result.P50, result.P99);
    }
}
