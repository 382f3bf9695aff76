using System.Globalization;
using Dashboard.Features.Publish.Repeating;

namespace Dashboard.Tests.Features.Publish.Repeating;

public sealed class TemplateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("{{counter}}", "8")]
    [InlineData("""{"n":{{counter}}}""", """{"n":8}""")]
    [InlineData("{{ counter 100 }}-{{counter 100 5}}", "107-135")]
    [InlineData("{{now}}", "2026-07-01T12:00:00.000Z")]
    [InlineData("{{now unix}} {{now ms}}", "1782907200 1782907200000")]
    [InlineData("{{sine 20 5 60s}}", "20.00")]
    [InlineData("{{random 7 7}} {{random 1.50 1.50}}", "7 1.50")]
    public void Places_are_filled(string text, string filled) => Assert.Equal(filled, Fill(text, before: 7));

    [Fact]
    public void A_sine_swings_about_its_middle()
    {
        Assert.Equal("25.00", Fill("{{sine 20 5 60s}}", time: Noon + TimeSpan.FromSeconds(15)));
        Assert.Equal("15.00", Fill("{{sine 20 5 60s}}", time: Noon + TimeSpan.FromSeconds(45)));
    }

    [Fact]
    public void A_random_number_stays_in_its_range_and_reaches_both_ends()
    {
        var seen = Enumerable.Range(0, 500).Select(_ => int.Parse(Fill("{{random 1 3}}"), CultureInfo.InvariantCulture)).Distinct().Order();

        Assert.Equal([1, 2, 3], seen);
    }

    [Fact]
    public void Each_uuid_is_another() => Assert.NotEqual(Fill("{{uuid}}"), Fill("{{uuid}}"));

    [Theory]
    [InlineData("ab {{counter", "Character 4: this place is never closed; end it with }}.")]
    [InlineData("{{counter}} {{randm 1 2}}", "Character 13: “randm 1 2” is not known")]
    [InlineData("{{}}", "is not known")]
    [InlineData("{{random 18}}", "write it as {{random 18 24}}")]
    [InlineData("{{random 24 18}}", "24 is more than 18")]
    [InlineData("{{random 0 1e999}}", "write it as")]
    [InlineData("{{random 0 99999999999999999999}}", "write it as")]
    [InlineData("{{sine 20 5 soon}}", "write it as {{sine 20 5 60s}}")]
    [InlineData("{{sine 20 5 0s}}", "write it as")]
    [InlineData("{{counter 1.5}}", "write it as {{counter}}")]
    [InlineData("{{now tomorrow}}", "write it as {{now}}")]
    public void A_mistake_is_explained_with_its_place(string text, string words)
    {
        Assert.Null(Template.Read(text, out var error));
        Assert.Contains(words, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Places_without_end_are_refused()
    {
        Assert.NotNull(Template.Read(string.Concat(Enumerable.Repeat("{{uuid}}", Template.MaxPlaces)), out _));
        Assert.Null(Template.Read(string.Concat(Enumerable.Repeat("{{uuid}}", Template.MaxPlaces + 1)), out var error));
        Assert.Contains("more than 1000 places", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", 5_000)]
    [InlineData("500ms", 500)]
    [InlineData("1.5 s", 1_500)]
    [InlineData("2 min", 120_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1H", 3_600_000)]
    public void An_interval_is_read_as_people_write_it(string text, int milliseconds)
    {
        Assert.True(Interval.TryRead(text, out var time));
        Assert.Equal(milliseconds, time.TotalMilliseconds);
        Assert.True(Interval.TryRead(Interval.Write(time), out var again));
        Assert.Equal(time, again);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0s")]
    [InlineData("-1s")]
    [InlineData("soon")]
    [InlineData("5 days")]
    [InlineData("169h")]
    [InlineData("99999999999999999999999h")]
    public void Other_intervals_are_not(string text) => Assert.False(Interval.TryRead(text, out _));

    private static string Fill(string text, long before = 0, DateTimeOffset? time = null) =>
        Template.Read(text, out _)!.Fill(new TemplateMoment(before, time ?? Noon));
}
