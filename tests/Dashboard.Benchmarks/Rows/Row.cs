using Dashboard.Benchmarks.Load;
using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Rows;

/// <summary>Something that is measured, on each broker that can do it.</summary>
internal abstract class Row(string name)
{
    /// <summary>What <c>--rows</c> calls it.</summary>
    public string Name => name;

    public abstract IReadOnlyList<Line> Lines { get; }

    /// <summary>Left out unless it is named.</summary>
    public virtual bool IsOnDemand => false;

    /// <summary>A new process for each run, as memory or starting is measured.</summary>
    public virtual bool NeedsFreshProcess => false;

    /// <summary>Which brokers it is measured on.</summary>
    public virtual IEnumerable<PeerChoice> Choose(IEnumerable<PeerChoice> peers) => peers;

    public virtual bool CanRunOn(Peer peer) => true;

    public abstract Task<Sample> Run(Peer peer, RunSettings settings);

    protected static IEnumerable<PeerChoice> OnlyOurs(IEnumerable<PeerChoice> peers) => peers.Where(peer => peer.Name == DashboardPeer.Title);

    protected static IEnumerable<PeerChoice> WithoutNats(IEnumerable<PeerChoice> peers) => peers.Where(peer => peer.Name != NatsPeer.Title);
}

/// <summary>What all rows of one benchmark have in common.</summary>
/// <param name="Duration">How long one run measures.</param>
/// <param name="Soak">How long the row about memory over time runs.</param>
/// <param name="Output">Where a row that takes minutes tells how it goes.</param>
internal sealed record RunSettings(TimeSpan Duration, TimeSpan Soak, ILoad Load, TextWriter Output);
