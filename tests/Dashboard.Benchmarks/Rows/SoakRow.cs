using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Whether memory stays flat under minutes of saturated load at QoS 0, 1 and 2 in turn.</summary>
internal sealed class SoakRow() : Row("soak")
{
    private const double Megabyte = 1024 * 1024;
    private const int TurnsInMinute = 6;
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(10);

    public override IReadOnlyList<Line> Lines { get; } =
    [
        new("soak-start", "Saturated for minutes: memory after the first minute", "MB") { IsLowerBetter = true },
        new("soak-end", "… at the end", "MB") { IsLowerBetter = true },
        new("soak-most", "… at most", "MB") { IsLowerBetter = true },
    ];

    public override bool IsOnDemand => true;

    public override bool NeedsFreshProcess => true;

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => OnlyOurs(peers);

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var memory = new List<double>();
        var lost = 0L;
        var before = ProcessFigures.Resident(peer.ProcessId) / Megabyte;
        settings.Output.Write($"{before:0} MB before");
        for (var turn = 0; turn * Turn < settings.Soak; turn++)
        {
            var plan = new LoadPlan { Shape = Shape.Pairs, Count = 50, QoS = turn % 3, Duration = Turn };
            lost += (await settings.Load.Run(plan, peer)).Lost;
            memory.Add(ProcessFigures.Resident(peer.ProcessId) / Megabyte);
            if ((turn + 1) % TurnsInMinute == 0)
            {
                settings.Output.Write($", {memory[^1]:0} after {(turn + 1) / TurnsInMinute} min");
            }
        }

        settings.Output.Write(": ");

        return new Sample([memory[Math.Min(TurnsInMinute, memory.Count) - 1], memory[^1], memory.Max()], Lost: lost);
    }
}
