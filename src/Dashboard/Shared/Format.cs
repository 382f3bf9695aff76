using System.Collections.Concurrent;
using System.Globalization;

namespace Dashboard.Shared;

/// <summary>Numbers and times as people read them.</summary>
public static class Format
{
    private static readonly string[] ByteUnits = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>By what sets thousands apart, which each language says in its texts.</summary>
    private static readonly ConcurrentDictionary<string, NumberFormatInfo> Numbers = new();

    /// <summary>1234567 → "1,234,567".</summary>
    public static string Count(long value) => Number(value, "N0");

    /// <summary>"1 message", "1,234 messages".</summary>
    public static string Messages(long count) => count == 1 ? Texts.Shared_OneMessage : Texts.Shared_Messages.With(Count(count));

    /// <summary>As a format of the framework says, in the reader's language.</summary>
    public static string Number<TNumber>(TNumber value, string format) where TNumber : struct, IFormattable =>
        value.ToString(format, Numbers.GetOrAdd(Texts.Shared_Thousands, between => new NumberFormatInfo { NumberGroupSeparator = between }));

    /// <summary>1234567 → "1.2 MB" (1 kB is 1,000 bytes).</summary>
    public static string Bytes(double bytes)
    {
        var unit = 0;
        while (Math.Abs(bytes) >= 999.5 && unit < ByteUnits.Length - 1)
        {
            bytes /= 1000;
            unit++;
        }

        return bytes.ToString(unit == 0 || Math.Abs(bytes) >= 99.95 ? "0" : "0.#", CultureInfo.InvariantCulture) + " " + ByteUnits[unit];
    }

    /// <summary>A rate without its unit: 0.25 → "0.3", 12.6 → "13", 20000 → "20,000".</summary>
    public static string Rate(double value) => Number(value, value is > 0 and < 9.95 ? "0.0" : "N0");

    /// <summary>The two largest parts: "4 s", "2 min 5 s", "3 h 20 min", "12 days 4 h".</summary>
    public static string Duration(TimeSpan time)
    {
        if (time < TimeSpan.Zero)
        {
            time = TimeSpan.Zero;
        }

        return time switch
        {
            { TotalSeconds: < 1 } => $"{time.Milliseconds} ms",
            { TotalMinutes: < 1 } => $"{time.Seconds} s",
            { TotalHours: < 1 } => Pair(time.Minutes, "min", time.Seconds, "s"),
            { TotalDays: < 1 } => Pair(time.Hours, "h", time.Minutes, "min"),
            _ => Pair(time.Days, time.Days == 1 ? Texts.Shared_Day : Texts.Shared_Days, time.Hours, "h"),
        };
    }

    /// <summary>"now", "12 s ago", "5 min ago", "3 h ago", "2 days ago".</summary>
    public static string Ago(TimeSpan age) => age switch
    {
        { TotalSeconds: < 1 } => Texts.Shared_Now,
        { TotalMinutes: < 1 } => Texts.Shared_SecondsAgo.With(age.Seconds),
        { TotalHours: < 1 } => Texts.Shared_MinutesAgo.With(age.Minutes),
        { TotalDays: < 1 } => Texts.Shared_HoursAgo.With(age.Hours),
        { TotalDays: < 2 } => Texts.Shared_OneDayAgo,
        _ => Texts.Shared_DaysAgo.With(Count(age.Days)),
    };

    /// <summary>A moment on the server's clock: "2026-11-23 07:15:02.123 +00:00".</summary>
    public static string Moment(DateTimeOffset moment) =>
        moment.ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff zzz", CultureInfo.InvariantCulture);

    /// <summary>A moment of any day on the server's clock: "24 Nov 20:45:02".</summary>
    public static string DayAndTime(DateTimeOffset moment, string time = "HH:mm:ss")
    {
        var local = moment.ToLocalTime();
        return $"{local.Day} {Texts.Shared_Months.Split(' ')[local.Month - 1]} {local.ToString(time, CultureInfo.InvariantCulture)}";
    }

    private static string Pair(int large, string largeUnit, int small, string smallUnit) =>
        small == 0 ? $"{Count(large)} {largeUnit}" : $"{Count(large)} {largeUnit} {small} {smallUnit}";
}
