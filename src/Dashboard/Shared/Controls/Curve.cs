using System.Globalization;
using System.Text;

namespace Dashboard.Shared.Controls;

/// <summary>
/// Values over time as SVG paths in a box of <see cref="Width"/> × <see cref="Height"/>, the newest at the right edge. A value
/// that is not a number is a gap.
/// </summary>
internal static class Curve
{
    public const double Width = 600;
    public const double Height = 100;

    /// <summary>A line; <paramref name="slots"/> values fill the width, fewer leave the left part empty.</summary>
    public static string Line(IReadOnlyList<double> values, int slots, double max)
    {
        var path = new StringBuilder();
        foreach (var (first, last) in Pieces(values, slots))
        {
            Append(path, values, first, last, slots, max);
            if (first == last)
            {
                path.Append("h0.1"); // one value alone would be no line
            }
        }

        return path.ToString();
    }

    /// <summary>The same, closed down to zero.</summary>
    public static string Area(IReadOnlyList<double> values, int slots, double max)
    {
        var path = new StringBuilder();
        foreach (var (first, last) in Pieces(values, slots))
        {
            Append(path, values, first, last, slots, max);
            path.Append('V').Append(Number(Height)).Append('H').Append(Number(X(values.Count - 1 - first, slots))).Append('Z');
        }

        return path.ToString();
    }

    /// <summary>Where nothing is known between what is known: left edge and width.</summary>
    public static IEnumerable<(double X, double Width)> Gaps(IReadOnlyList<double> values, int slots)
    {
        var before = -1;
        foreach (var (first, last) in Pieces(values, slots))
        {
            if (before >= 0)
            {
                var left = X(values.Count - 1 - before, slots);
                yield return (left, X(values.Count - 1 - first, slots) - left);
            }

            before = last;
        }
    }

    /// <summary>The horizontal place of a value.</summary>
    public static double Place(int index, int slots) => X(slots - 1 - index, slots);

    /// <summary>The next of 1, 2, 5, 10, 20, 50, … so that the scale seldom jumps.</summary>
    public static double NiceMaximum(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return power * ((value / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private static IEnumerable<(int First, int Last)> Pieces(IReadOnlyList<double> values, int slots)
    {
        var first = -1;
        for (var i = Math.Max(0, values.Count - slots); i <= values.Count; i++)
        {
            var isKnown = i < values.Count && !double.IsNaN(values[i]);
            if (isKnown && first < 0)
            {
                first = i;
            }
            else if (!isKnown && first >= 0)
            {
                yield return (first, i - 1);
                first = -1;
            }
        }
    }

    private static void Append(StringBuilder path, IReadOnlyList<double> values, int first, int last, int slots, double max)
    {
        for (var i = first; i <= last; i++)
        {
            path.Append(i == first ? 'M' : 'L')
                .Append(Number(X(values.Count - 1 - i, slots))).Append(' ')
                .Append(Number(Height - (Height * Math.Clamp(values[i] / max, 0, 1))));
        }
    }

    private static double X(int stepsFromNow, int slots) => Width - (Width * stepsFromNow / Math.Max(1, slots - 1));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
