namespace Dashboard.Benchmarks.Reports;

/// <summary>One small chart of messages a second against something that grows, both logarithmic.</summary>
internal static class CurvePanel
{
    public static void Draw(
        SvgDrawing drawing, Results results, string series, string title, IEnumerable<(string Peer, string Colour)> peers, double x, double y, double width, double height)
    {
        var lines = results.Lines.Where(line => line.Line.Series == series).OrderBy(line => line.Line.At).ToList();
        var values = lines.SelectMany(line => line.Figures).Select(figure => figure.Median).Where(value => value > 0).ToList();
        if (values.Count == 0)
        {
            return;
        }

        var across = LogScale.Exactly([.. lines.Select(line => line.Line.At)], x, x + width);
        var up = LogScale.Around(values, y + height, y);
        foreach (var mark in up.Marks)
        {
            drawing.Line(x, up.At(mark), x + width, up.At(mark));
            drawing.Text(x - 6, up.At(mark) + 4, Figures.Short(mark), SvgAnchor.End, size: 10);
        }

        for (var i = 0; i < lines.Count; i++)
        {
            drawing.Text(across.At(lines[i].Line.At), y + height + 16, Figures.Short(lines[i].Line.At), SvgAnchor.Middle, size: 10);
        }

        drawing.Text(x + (width / 2), y + height + 34, title, SvgAnchor.Middle);
        foreach (var (peer, colour) in peers)
        {
            drawing.Curve([.. lines.Where(line => line.Of(peer) is { Median: > 0 }).Select(line => (across.At(line.Line.At), up.At(line.Of(peer)!.Median)))], colour);
        }
    }
}
