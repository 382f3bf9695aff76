using System.Globalization;

namespace Dashboard.Benchmarks.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    public static string Value(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("N1", CultureInfo.InvariantCulture),
        _ => value.ToString("N2", CultureInfo.InvariantCulture),
    };

    public static string Ratio(double? ratio) => ratio switch
    {
        null => "",
        >= 10 => ratio.Value.ToString("N0", CultureInfo.InvariantCulture) + "×",
        _ => ratio.Value.ToString("N2", CultureInfo.InvariantCulture) + "×",
    };

    /// <summary>12,300,000 as 12.3 M.</summary>
    public static string Short(double value) => value switch
    {
        >= 1e6 => (value / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " M",
        >= 1e3 => (value / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " k",
        _ => value.ToString("0.#", CultureInfo.InvariantCulture),
    };
}
