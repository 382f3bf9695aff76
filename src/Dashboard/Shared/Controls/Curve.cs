using System.Globalization;
using System.Text;

namespace Dashboard.Shared.Controls;

/// <summary>Values over time as SVG paths in a box of <see cref="Width"/> × <see cref="Height"/>, the newest at the right edge.</summary>
internal static class Curve
{
    public const double Width = 600;
    public const double Height = 100;

    /// <summary>A line; <paramref name="slots"/> values fill the width, fewer leave the left part empty.</summary>
    public static string Line(IReadOnlyList<double> values, int slots, double max)
    {
        var path = new StringBuilder();
        var first = Math.Max(0, values.Count - slots);
        for (var i = first; i < values.Count; i++)
        {
            path.Append(i == first ? 'M' : 'L')
                .Append(Number(X(values.Count - 1 - i, slots))).Append(' ')
                .Append(Number(Height - (Height * Math.Clamp(values[i] / max, 0, 1))));
        }

        return path.ToString();
    }

    /// <summary>The same, closed down to zero.</summary>
    public static string Area(IReadOnlyList<double> values, int slots, double max) =>
        values.Count == 0 ? "" : $"{Line(values, slots, max)}V{Height}H{Number(X(Math.Min(values.Count, slots) - 1, slots))}Z";

    /// <summary>The next of 1, 2, 5, 10, 20, 50, … so that the scale seldom jumps.</summary>
    public static double NiceMaximum(double value)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(Math.Max(value, 1))));
        return power * ((value / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    private static double X(int stepsFromNow, int slots) => Width - (Width * stepsFromNow / Math.Max(1, slots - 1));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
