using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Clients that connect and leave.</summary>
internal sealed class StormRow() : Row("storm")
{
    public override IReadOnlyList<Line> Lines { get; } = [new("storm", "Clients that connect and leave", "a second") { OverMosquitto = 0.7 }];

    public override Task<Sample> Run(Peer peer, RunSettings settings) =>
        Task.FromResult(new Sample([StormRun.PerSecond(peer.TcpPort, settings.Duration)]));
}
