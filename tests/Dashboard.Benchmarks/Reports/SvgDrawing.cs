using System.Globalization;
using System.Net;
using System.Text;

namespace Dashboard.Benchmarks.Reports;

internal enum SvgAnchor
{
    Start,
    Middle,
    End,
}

/// <summary>Lines, bars and words, as SVG without a background.</summary>
internal sealed class SvgDrawing(double width, double height)
{
    private const string Words = "#808790";
    private const string Thin = "#80879055";

    private readonly StringBuilder _body = new();

    public void Text(double x, double y, string text, SvgAnchor anchor = SvgAnchor.Start, int size = 12, bool isStrong = false) =>
        Add($"""<text x="{x:0.#}" y="{y:0.#}" font-size="{size}" text-anchor="{Name(anchor)}"{(isStrong ? " font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(text)}</text>""");

    public void Bar(double x, double y, double across, double down, string colour) =>
        Add($"""<rect x="{x:0.#}" y="{y:0.#}" width="{Math.Max(1, across):0.#}" height="{down:0.#}" rx="2" fill="{colour}"/>""");

    public void Line(double x1, double y1, double x2, double y2) =>
        Add($"""<line x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}" stroke="{Thin}"/>""");

    public void Curve(IReadOnlyList<(double X, double Y)> points, string colour)
    {
        Add($"""<polyline points="{string.Join(' ', points.Select(Pair))}" fill="none" stroke="{colour}" stroke-width="2"/>""");
        foreach (var (x, y) in points)
        {
            Add($"""<circle cx="{x:0.#}" cy="{y:0.#}" r="3" fill="{colour}"/>""");
        }
    }

    public override string ToString() => Invariant($"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:0} {height:0}" font-family="system-ui, sans-serif" fill="{Words}">
        {_body}</svg>

        """);

    private static string Name(SvgAnchor anchor) => anchor switch { SvgAnchor.Middle => "middle", SvgAnchor.End => "end", _ => "start" };

    private static string Pair((double X, double Y) point) => Invariant($"{point.X:0.#},{point.Y:0.#}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private void Add(FormattableString element) => _body.Append(Invariant(element)).Append('\n');
}
