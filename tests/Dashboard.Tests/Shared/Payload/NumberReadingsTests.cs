using System.Text;
using Dashboard.Shared.Payload;

namespace Dashboard.Tests.Shared.Payload;

public sealed class NumberReadingsTests
{
    [Theory]
    [InlineData(" 21.50\n", "21.50")]
    [InlineData("-3e1", "-3e1")]
    [InlineData("1e999", "1e999: no 64-bit float can hold it")]
    [InlineData("NaN", "NaN: not a number by its own words")]
    public void A_text_is_read_as_it_stands(string text, string reading) => Assert.Equal(("As text", reading), Of(text)[0]);

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("12 °C")]
    public void What_is_no_number_has_no_reading(string text) => Assert.Empty(Of(text));

    [Theory]
    [InlineData("1700000000")]
    [InlineData("1700000000000")]
    public void A_moment_in_seconds_or_milliseconds_is_a_time(string text) => Assert.Contains(Of(text), reading => reading is ("As Unix time", ['2', '0', '2', '3', ..]));

    [Fact]
    public void Four_bytes_are_integers_and_floats_in_both_orders()
    {
        var readings = NumberReadings.Of([0x41, 0xAC, 0x00, 0x00]).ToDictionary();

        Assert.Equal("21.5", readings["float32, big-endian"]);
        Assert.Equal("44097", readings["int32, little-endian"]);
    }

    private static IReadOnlyList<(string Name, string Value)> Of(string text) => NumberReadings.Of(Encoding.UTF8.GetBytes(text));
}
