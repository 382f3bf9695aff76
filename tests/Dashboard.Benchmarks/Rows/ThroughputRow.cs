using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>How many deliveries a second go through.</summary>
internal sealed class ThroughputRow(string name, Line line, LoadPlan plan) : Row(name)
{
    public override IReadOnlyList<Line> Lines => [line];

    public override bool CanRunOn(Peer peer) => peer.HighestQoS >= plan.QoS;

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var result = await settings.Load.Run(plan with { Duration = line.Series is null ? settings.Duration : settings.Duration / 2 }, peer);
        return Sample.Of(result, result.PerSecond);
    }
}
