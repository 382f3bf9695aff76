using System.Globalization;
using Dashboard.Shared;

namespace Dashboard.Features.Publish.Repeating;

/// <summary>What stands between <c>{{</c> and <c>}}</c>: a name and what it is told.</summary>
internal static class TemplatePlace
{
    private const double Largest = 1e12;
    private const int MostDecimals = 9;

    /// <summary>Null with the error.</summary>
    public static Func<TemplateMoment, string>? Read(string place, out string? error)
    {
        var words = place.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var (filled, problem) = words switch
        {
            ["counter", .. var told] => Counter(told),
            ["random", .. var told] => RandomNumber(told),
            ["sine", .. var told] => Sine(told),
            ["now", .. var told] => Now(told),
            ["uuid"] => (_ => Guid.NewGuid().ToString(), null),
            ["uuid", ..] => Wrong("{{uuid}}"),
            _ => (null, Texts.Publish_TemplateUnknown.With(Shown(place))),
        };
        error = problem;
        return filled;
    }

    private static (Func<TemplateMoment, string>?, string?) Counter(string[] told)
    {
        long start = 1;
        long step = 1;
        return told.Length > 2 || (told.Length > 0 && !IsWhole(told[0], out start)) || (told.Length > 1 && !IsWhole(told[1], out step))
            ? Wrong("{{counter}}, {{counter 100}}, {{counter 100 5}}")
            : (moment => (start + (moment.Before * step)).ToString(CultureInfo.InvariantCulture), null);
    }

    private static (Func<TemplateMoment, string>?, string?) RandomNumber(string[] told)
    {
        if (told is not [var lowText, var highText] || !IsNumber(lowText, out var low) || !IsNumber(highText, out var high))
        {
            return Wrong("{{random 18 24}}, {{random 18.0 24.0}}");
        }

        if (low > high)
        {
            return (null, Texts.Publish_TemplateLowHigh.With(lowText, highText));
        }

        var decimals = Math.Max(Decimals(lowText), Decimals(highText));
        return decimals == 0
            ? (_ => Random.Shared.NextInt64((long)low, (long)high + 1).ToString(CultureInfo.InvariantCulture), null)
            : (_ => Written(low + (Random.Shared.NextDouble() * (high - low)), decimals), null);
    }

    private static (Func<TemplateMoment, string>?, string?) Sine(string[] told)
    {
        if (told is not [var middleText, var swingText, var periodText]
            || !IsNumber(middleText, out var middle) || !IsNumber(swingText, out var swing) || !Interval.TryRead(periodText, out var period))
        {
            return Wrong("{{sine 20 5 60s}}");
        }

        var decimals = Math.Max(2, Math.Max(Decimals(middleText), Decimals(swingText)));
        return (moment => Written(middle + (swing * Math.Sin(Math.Tau * (moment.Time.UtcTicks % period.Ticks) / period.Ticks)), decimals), null);
    }

    private static (Func<TemplateMoment, string>?, string?) Now(string[] told) => told switch
    {
        [] => (moment => moment.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), null),
        ["unix"] => (moment => moment.Time.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), null),
        ["ms"] => (moment => moment.Time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), null),
        _ => Wrong("{{now}}, {{now unix}}, {{now ms}}"),
    };

    private static (Func<TemplateMoment, string>?, string?) Wrong(string examples) => (null, Texts.Publish_TemplateWrite.With(examples));

    private static bool IsWhole(string text, out long number) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number) && Math.Abs((double)number) <= Largest;

    private static bool IsNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
        && Math.Abs(number) <= Largest && Decimals(text) <= MostDecimals;

    private static int Decimals(string text) => text.Contains('.') ? text.Length - text.IndexOf('.') - 1 : 0;

    private static string Written(double number, int decimals) => number.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Shown(string place) => place.Length > 40 ? place[..40] + "…" : place;
}
