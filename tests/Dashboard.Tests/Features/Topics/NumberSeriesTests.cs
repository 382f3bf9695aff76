using Dashboard.Features.Topics;

namespace Dashboard.Tests.Features.Topics;

public sealed class NumberSeriesTests
{
    [Fact]
    public void Numbers_are_a_series_with_the_oldest_first()
    {
        var series = Of("20", " 21.5\n", "-3e1");

        Assert.Equal([20, 21.5, -30], series!.Values);
        Assert.Equal((-30, 21.5, -30), (series.Lowest, series.Highest, series.Last));
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("NaN")]
    [InlineData("12 °C")]
    [InlineData("")]
    public void Anything_else_among_them_is_no_series(string payload) => Assert.Null(Of("1", "2", payload, "3"));

    [Fact]
    public void Two_are_no_series() => Assert.Null(Of("1", "2"));

    private static NumberSeries? Of(params string[] payloads)
    {
        using var broker = new QuietBroker();
        foreach (var payload in payloads)
        {
            broker.Publish("number", payload);
        }

        return NumberSeries.Of(broker.Topics.History("number"));
    }
}
