using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;

namespace Dashboard.Benchmarks.Rows;

/// <summary>What a stuck, a slow and a greedy subscriber do to those that keep up.</summary>
internal sealed class TroubleRow() : Row("slow")
{
    /// <summary>Alone and beside in turn, of which the median counts: what else the machine does changes from one second to the next.</summary>
    private const int Turns = 5;

    private const double Megabyte = 1024 * 1024;
    private static readonly LoadPlan Plan = new() { Shape = Shape.Pairs, Count = 50, Duration = default };

    public override IReadOnlyList<Line> Lines { get; } =
    [
        new("slow", "Beside a stuck, a slow and a greedy subscriber", "% of the messages without them") { Goal = 95 },
        new("slow-memory", "… and the memory that these three take", "MB") { IsLowerBetter = true, Goal = 64 },
    ];

    public override bool NeedsFreshProcess => true;

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => OnlyOurs(peers); // the others were told to have no limits

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var plan = Plan with { Duration = settings.Duration, WarmUp = TimeSpan.FromSeconds(1) }; // their queues are full by then
        await settings.Load.Run(plan, peer);
        var before = ProcessFigures.Resident(peer.ProcessId);
        var (shares, memory) = (new List<double>(), 0.0);
        LoadResult beside;
        do
        {
            var alone = await settings.Load.Run(plan, peer);
            using var troublemakers = new Troublemakers(peer.TcpPort, plan.TopicOf(0));
            beside = await settings.Load.Run(plan, peer);
            shares.Add(100 * beside.PerSecond / alone.PerSecond);
            memory = Math.Max(memory, (ProcessFigures.Resident(peer.ProcessId) - before) / Megabyte);
        }
        while (shares.Count < Turns);

        return new Sample([Statistics.Median(shares), memory], beside.OwnShare, beside.Lost, beside.Disordered);
    }
}
