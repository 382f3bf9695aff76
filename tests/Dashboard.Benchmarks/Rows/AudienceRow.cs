using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Reports;

namespace Dashboard.Benchmarks.Rows;

/// <summary>What subscriptions cost that have nothing to do with the messages.</summary>
internal sealed class AudienceRow(string name, IReadOnlyList<AudienceRow.Case> cases) : Row(name)
{
    /// <summary>Alone and beside in turn, of which the median counts: what else the machine does changes from one second to the next.</summary>
    private const int Turns = 3;

    private static readonly LoadPlan Plan = new() { Shape = Shape.Pairs, Count = 50, Duration = default };

    public override IReadOnlyList<Line> Lines { get; } = [.. cases.Select((one, i) => new Line(i == 0 ? name : $"{name}-{i}", one.Title, "% of the messages without them") { Goal = one.Goal })];

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => WithoutNats(peers);

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var plan = Plan with { Duration = settings.Duration, WarmUp = TimeSpan.FromSeconds(1) }; // what connecting has set going is over by then
        var shares = cases.Select(_ => new List<double>()).ToArray();
        var (lost, disordered) = (0L, 0L);
        LoadResult alone;
        var turns = 0;
        do
        {
            alone = await Run(plan);
            for (var i = 0; i < cases.Count; i++)
            {
                var beside = await Run(plan with { Audience = cases[i].Audience });
                shares[i].Add(100 * beside.PerSecond / alone.PerSecond);
            }
        }
        while (++turns < Turns);

        return new Sample([.. shares.Select(Statistics.Median)], alone.OwnShare, lost, disordered);

        async Task<LoadResult> Run(LoadPlan one)
        {
            await ProcessFigures.Rest(peer.ProcessId); // thousands of connections that have just closed are still being let go
            var result = await settings.Load.Run(one, peer);
            lost += result.Lost;
            disordered += result.Disordered;
            return result;
        }
    }

    /// <param name="Audience">The filters of each of them.</param>
    internal sealed record Case(string Title, IReadOnlyList<string[]> Audience, double? Goal);
}
