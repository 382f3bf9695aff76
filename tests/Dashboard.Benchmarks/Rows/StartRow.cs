using System.Diagnostics;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>From the start of the process to its first accepted connection.</summary>
internal sealed class StartRow(IReadOnlyList<PeerChoice> peers) : Row("start")
{
    public override IReadOnlyList<Line> Lines { get; } = [new("start", "Start to listening", "s") { IsLowerBetter = true, Goal = 1 }];

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var clock = Stopwatch.StartNew();
        await using var started = await peers.First(choice => choice.Name == peer.Name).Start();
        return new Sample([clock.Elapsed.TotalSeconds]);
    }
}
