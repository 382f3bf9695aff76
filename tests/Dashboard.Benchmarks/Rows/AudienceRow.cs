using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>What subscriptions cost that have nothing to do with the messages.</summary>
internal sealed class AudienceRow(string name, IReadOnlyList<AudienceRow.Case> cases) : Row(name)
{
    private static readonly LoadPlan Plan = new() { Shape = Shape.Pairs, Count = 50, Duration = default };

    public override IReadOnlyList<Line> Lines { get; } = [.. cases.Select((one, i) => new Line(i == 0 ? name : $"{name}-{i}", one.Title, "% of the messages without them") { Goal = one.Goal })];

    public override IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => WithoutNats(peers);

    public override async Task<Sample> Run(Peer peer, RunSettings settings)
    {
        var plan = Plan with { Duration = settings.Duration };
        var alone = await settings.Load.Run(plan, peer);
        var shares = new List<double>();
        var lost = alone.Lost;
        foreach (var one in cases)
        {
            var result = await settings.Load.Run(plan with { Audience = one.Audience }, peer);
            shares.Add(100 * result.PerSecond / alone.PerSecond);
            lost += result.Lost;
        }

        return new Sample([.. shares], alone.OwnShare, lost, alone.Disordered);
    }

    /// <param name="Audience">The filters of each of them.</param>
    internal sealed record Case(string Title, IReadOnlyList<string[]> Audience, double? Goal);
}
