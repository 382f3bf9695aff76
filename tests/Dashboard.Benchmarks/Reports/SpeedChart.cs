using Dashboard.Benchmarks.Peers;

namespace Dashboard.Benchmarks.Reports;

/// <summary>The picture for the README: bars for the shapes of traffic, curves for how costs grow. Its colours hold on light and on dark.</summary>
internal static class SpeedChart
{
    private const double Width = 900;
    private const double BarsTop = 64;
    private const double BarHeight = 9;
    private const double GroupHeight = 40;
    private const double BarsLeft = 220;
    private const double PanelHeight = 190;

    private static readonly (string Peer, string Colour)[] Peers =
    [
        (DashboardPeer.Title, "#2f7ed8"),
        (MosquittoPeer.Title, "#d9822b"),
        (NatsPeer.Title, "#7a9e3f"),
    ];

    private static readonly (string Series, string Title)[] Panels =
    [
        ("levels", "levels of the topic"),
        ("payload", "bytes of payload"),
        ("publishers", "publishers to one subscriber"),
    ];

    public static string Draw(Results results)
    {
        var bars = results.Lines.Where(line => line.Line is { Series: null, Unit: "messages/s" } && line.Figures.Count > 1).ToList();
        var panels = Panels.Where(panel => results.Lines.Any(line => line.Line.Series == panel.Series)).ToList();
        var panelsTop = BarsTop + (bars.Count * GroupHeight) + 40;
        var drawing = new SvgDrawing(Width, panelsTop + (panels.Count > 0 ? PanelHeight + 40 : 0));
        drawing.Text(12, 22, "Messages a second (logarithmic)", isStrong: true);
        Legend(drawing);
        Bars(drawing, bars);
        for (var i = 0; i < panels.Count; i++)
        {
            var width = Width / panels.Count;
            CurvePanel.Draw(drawing, results, panels[i].Series, panels[i].Title, Peers, (i * width) + 56, panelsTop + 16, width - 76, PanelHeight - 32);
        }

        return drawing.ToString();
    }

    private static void Legend(SvgDrawing drawing)
    {
        var x = 360.0;
        foreach (var (peer, colour) in Peers)
        {
            drawing.Bar(x, 13, 12, 10, colour);
            drawing.Text(x + 18, 22, peer);
            x += 40 + (peer.Length * 8);
        }
    }

    private static void Bars(SvgDrawing drawing, List<LineResult> lines)
    {
        var all = lines.SelectMany(line => line.Figures).Select(figure => figure.Median).Where(value => value > 0).ToList();
        if (all.Count == 0)
        {
            return;
        }

        var scale = LogScale.Around(all, BarsLeft, Width - 80);
        for (var i = 0; i < lines.Count; i++)
        {
            var top = BarsTop + (i * GroupHeight);
            drawing.Text(BarsLeft - 12, top + 18, lines[i].Line.Title, SvgAnchor.End);
            var y = top;
            foreach (var (peer, colour) in Peers)
            {
                if (lines[i].Of(peer) is { Median: > 0 } figure)
                {
                    var end = scale.At(figure.Median);
                    drawing.Bar(BarsLeft, y, end - BarsLeft, BarHeight, colour);
                    drawing.Text(end + 5, y + BarHeight - 1, Figures.Short(figure.Median), size: 10);
                }

                y += BarHeight + 2;
            }
        }

        foreach (var mark in scale.Marks)
        {
            drawing.Line(scale.At(mark), BarsTop - 8, scale.At(mark), BarsTop + (lines.Count * GroupHeight) - 6);
            drawing.Text(scale.At(mark), BarsTop - 12, Figures.Short(mark), SvgAnchor.Middle, size: 10);
        }
    }
}
