using Dashboard.Benchmarks.Rows;

namespace Dashboard.Benchmarks.Reports;

/// <summary>All that one benchmark brought; this is what the JSON holds.</summary>
internal sealed record Results
{
    public required DateTimeOffset Date { get; init; }

    public required Machine Machine { get; init; }

    /// <summary>Who made the load.</summary>
    public required string Load { get; init; }

    /// <summary>Runs of each row on each broker, in alternation; the table shows their medians.</summary>
    public required int Runs { get; init; }

    /// <summary>Seconds that one run measured.</summary>
    public required double Seconds { get; init; }

    /// <summary>Processes that wanted to run on average in the minute before; more than none means that the machine was not quiet.</summary>
    public required double LoadBefore { get; init; }

    public required IReadOnlyList<LineResult> Lines { get; init; }
}

/// <summary>One line of the table.</summary>
internal sealed record LineResult(Line Line, IReadOnlyList<PeerFigure> Figures)
{
    public PeerFigure? Of(string peer) => Figures.FirstOrDefault(figure => figure.Peer == peer);

    /// <summary>Whether the load client had no processor time left when our figure was measured: the broker could do more.</summary>
    public bool IsLimitedByLoad => Line.Unit == "messages/s" && Of(Peers.DashboardPeer.Title)?.OwnShare >= 0.95;

    /// <summary>Our figure divided by a peer's; null when either is missing, or when they are shares already.</summary>
    public double? RatioTo(string peer) =>
        !Line.Unit.StartsWith('%') && Of(Peers.DashboardPeer.Title) is { } ours && Of(peer) is { Median: > 0 } theirs ? ours.Median / theirs.Median : null;
}

/// <summary>What one broker reached on one line.</summary>
/// <param name="OwnShare">Share of one processor that the load client used, the most of all runs.</param>
/// <param name="Lost">Deliveries that never came, of all runs.</param>
internal sealed record PeerFigure(string Peer, IReadOnlyList<double> Runs, double OwnShare, long Lost, long Disordered)
{
    public double Median => Statistics.Median(Runs);
}
