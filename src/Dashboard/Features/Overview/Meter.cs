using System.Globalization;

namespace Dashboard.Features.Overview;

/// <summary>How long a bar is.</summary>
internal static class Meter
{
    /// <summary>A css width.</summary>
    public static string Share(double used, double limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{(limit > 0 ? Math.Clamp(100 * used / limit, 0, 100) : 0):0.#}%");
}
