using System.Globalization;
using Dashboard.Shared;

namespace Dashboard.Tests.Shared;

public sealed class FormatTests
{
    [Theory]
    [InlineData("en", "1,234,567", "20,000", "9.4")]
    [InlineData("es", "1\u202F234\u202F567", "20\u202F000", "9.4")]
    public void A_comma_sets_thousands_apart_only_where_nobody_reads_it_as_a_decimal_point(string language, string count, string rate, string smallRate) => In(language, () =>
    {
        Assert.Equal(count, Format.Count(1_234_567));
        Assert.EndsWith("807", Format.Count(long.MaxValue)); // to the last digit
        Assert.Equal(rate, Format.Rate(20_000));
        Assert.Equal(smallRate, Format.Rate(9.4));
    });

    [Theory]
    [InlineData("en", "3 Aug 07:05:09")]
    [InlineData("es", "3 ago 07:05:09")]
    public void A_month_has_the_readers_name(string language, string moment) => In(language, () =>
        Assert.Equal(moment, Format.DayAndTime(new DateTimeOffset(new DateTime(2026, 8, 3, 7, 5, 9, DateTimeKind.Local)))));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1_200_000, "1.2 MB")]
    [InlineData(999_600, "1 MB")]
    [InlineData(123_400, "123 kB")]
    public void Bytes_have_two_or_three_digits_and_a_unit(double bytes, string words) => Assert.Equal(words, Format.Bytes(bytes));

    [Theory]
    [InlineData(-1, "0 ms")]
    [InlineData(0.25, "250 ms")]
    [InlineData(59, "59 s")]
    [InlineData(125, "2 min 5 s")]
    [InlineData(12_000, "3 h 20 min")]
    [InlineData(86_400, "1 day")]
    [InlineData(1_051_200, "12 days 4 h")]
    public void A_duration_says_its_two_largest_parts(double seconds, string words) => In("en", () => Assert.Equal(words, Format.Duration(TimeSpan.FromSeconds(seconds))));

    private static void In(string language, Action read)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = new CultureInfo(language);
        try
        {
            read();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
