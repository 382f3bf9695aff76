using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Messages that are on the disk before they are acknowledged, and what SQLite alone would do.</summary>
internal sealed class DurableRow() : Row("durable")
{
    private static readonly LoadPlan Plan = new() { Shape = Shape.Pairs, Count = 50, QoS = 1, IsDurable = true, Duration = default };

    public override IReadOnlyList<Line> Lines { get; } =
    [
        new("durable", "QoS 1, 50 pairs, each message committed to disk first", "messages/s") { Goal = 20_000 },
        new("durable-sqlite", "… and SQLite alone, writing and deleting the same rows", "messages/s"),
    ];

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => OnlyOurs(peers);

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        await using var durable = await DashboardPeer.StartOnDisk(); // another process: this one keeps its store on disk
        var result = await settings.Load.Run(Plan with { Duration = settings.Duration }, durable);
        return Sample.Of(result, result.PerSecond, SqliteLoop.PerSecond(settings.Duration));
    }
}
