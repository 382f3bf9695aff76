using System.Globalization;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>A span of time as people write it: 500ms, 5s, 2min, 1h.</summary>
internal static class Interval
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    private static readonly (string Unit, TimeSpan Length)[] Units =
        [("ms", TimeSpan.FromMilliseconds(1)), ("min", TimeSpan.FromMinutes(1)), ("s", TimeSpan.FromSeconds(1)), ("m", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1))];

    /// <summary>A number and its unit, above zero and at most <see cref="Longest"/>; a number alone is in seconds.</summary>
    public static bool TryRead(string text, out TimeSpan time)
    {
        var compact = text.Trim();
        var (unit, length) = Units.FirstOrDefault(one => compact.EndsWith(one.Unit, StringComparison.OrdinalIgnoreCase));
        var number = unit is null ? compact : compact[..^unit.Length].TrimEnd();
        var isNumber = double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value);
        var ticks = value * (unit is null ? TimeSpan.TicksPerSecond : length.Ticks);
        var isSpan = isNumber && ticks >= TimeSpan.TicksPerMillisecond && ticks <= Longest.Ticks;
        time = isSpan ? new TimeSpan((long)ticks) : default;
        return isSpan;
    }

    /// <summary>As it can be read again, in the largest unit that leaves a whole number.</summary>
    public static string Write(TimeSpan time) => time switch
    {
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.Ticks / TimeSpan.TicksPerHour} h",
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.Ticks / TimeSpan.TicksPerMinute} min",
        _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => $"{time.Ticks / TimeSpan.TicksPerSecond} s",
        _ => $"{time.Ticks / TimeSpan.TicksPerMillisecond} ms",
    };
}
