using System.Globalization;
using System.Text;
using Dashboard.Benchmarks.Peers;
using Dashboard.Benchmarks.Rows;

namespace Dashboard.Benchmarks.Reports;

/// <summary>The medians and ratios as a table that is read in a terminal as well as on a page.</summary>
internal static class MarkdownTable
{
    private static readonly string[] PeerNames = [MosquittoPeer.Title, NatsPeer.Title];

    /// <param name="isFull">With what was aimed at, the load client's share of a processor, and losses.</param>
    public static string Of(IEnumerable<LineResult> lines, bool isFull)
    {
        var rows = lines.Select(line => Cells(line, isFull)).ToList();
        string[] head = ["", "unit", DashboardPeer.Title, .. PeerNames.SelectMany(peer => new[] { peer, "ratio" }), .. isFull ? ["aim", "load client", "lost"] : Array.Empty<string>()];
        var widths = head.Select((cell, i) => Math.Max(cell.Length, rows.Select(row => row[i].Length).DefaultIfEmpty().Max())).ToArray();
        var text = new StringBuilder();
        Append(text, head, widths);
        text.Append('|');
        for (var i = 0; i < widths.Length; i++)
        {
            text.Append(' ').Append('-', Math.Max(3, widths[i]) - 1).Append(i < 2 ? '-' : ':').Append(" |");
        }

        text.AppendLine();
        rows.ForEach(row => Append(text, row, widths));
        return text.ToString();
    }

    private static string[] Cells(LineResult result, bool isFull)
    {
        var ours = result.Of(DashboardPeer.Title);
        var cells = new List<string> { result.Line.Title, result.Line.Unit, Cell(ours) + (result.IsLimitedByLoad ? " †" : "") };
        foreach (var peer in PeerNames)
        {
            cells.Add(Cell(result.Of(peer)));
            cells.Add(Figures.Ratio(result.RatioTo(peer)));
        }

        if (isFull)
        {
            cells.Add(Aim(result));
            cells.Add(ours is { OwnShare: > 0 } ? ours.OwnShare.ToString("P0", CultureInfo.InvariantCulture) : "");
            cells.Add(string.Join(", ", result.Figures.Where(figure => figure.Lost > 0 || figure.Disordered > 0).Select(Loss)));
        }

        return [.. cells];
    }

    private static string Cell(PeerFigure? figure) => figure is null ? "" : Figures.Value(figure.Median);

    private static string Loss(PeerFigure figure) =>
        $"{figure.Peer} {figure.Lost:N0}" + (figure.Disordered > 0 ? $" and {figure.Disordered:N0} out of order" : "");

    private static string Aim(LineResult result)
    {
        var line = result.Line;
        var words = new List<string>();
        Add(line.OverMosquitto, result.RatioTo(MosquittoPeer.Title), "×");
        Add(line.OverNats, result.RatioTo(NatsPeer.Title), "× NATS");
        Add(line.Goal, result.Of(DashboardPeer.Title)?.Median, "");
        return string.Join(", ", words);

        void Add(double? aim, double? reached, string unit)
        {
            if (aim is not null)
            {
                words.Add($"{(line.IsLowerBetter ? "≤" : "≥")} {aim.Value.ToString("#,0.##", CultureInfo.InvariantCulture)}{unit} {Verdict(line, aim.Value, reached)}".TrimEnd());
            }
        }
    }

    private static string Verdict(Line line, double aim, double? reached) =>
        reached is null ? "" : (line.IsLowerBetter ? reached <= aim : reached >= aim) ? "met" : "missed";

    private static void Append(StringBuilder text, string[] cells, int[] widths)
    {
        text.Append('|');
        for (var i = 0; i < cells.Length; i++)
        {
            text.Append(' ').Append(i < 2 ? cells[i].PadRight(Math.Max(3, widths[i])) : cells[i].PadLeft(Math.Max(3, widths[i]))).Append(" |");
        }

        text.AppendLine();
    }
}
