using System.Globalization;
using System.Text;
using Dashboard.Shared.Controls;

namespace Dashboard.Features.Topics.Chart;

/// <summary>Points over their times as an SVG path in the box of a <see cref="Curve"/>; what is no number is a gap.</summary>
internal static class ChartLine
{
    public static string Path(IEnumerable<ChartPoint> points, DateTimeOffset from, DateTimeOffset to, double low, double high)
    {
        var path = new StringBuilder();
        var length = Math.Max(1, (to - from).TotalMilliseconds);
        var isPen = false;
        foreach (var point in points)
        {
            if (double.IsNaN(point.Value))
            {
                isPen = false;
                continue;
            }

            var x = Curve.Width * (point.Time - from).TotalMilliseconds / length;
            // Values that are all the same are a line in the middle.
            var y = high > low ? Curve.Height - (Curve.Height * (((point.Value / 2) - (low / 2)) / ((high / 2) - (low / 2)))) : Curve.Height / 2;
            path.Append(CultureInfo.InvariantCulture, $"{(isPen ? 'L' : 'M')}{x:0.#} {y:0.#}");
            isPen = true;
        }

        // A single point is a dot: a line of no length with round ends.
        return path.ToString().Contains('L', StringComparison.Ordinal) ? path.ToString() : path.Append(path.Length > 0 ? "h0" : "").ToString();
    }
}
