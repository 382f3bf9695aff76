using Dashboard.Broker.Monitoring;
using Dashboard.Features.Overview;

namespace Dashboard.Tests.Features.Overview;

public sealed class RateHistoryTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(3_000_000);

    [Fact]
    public void Three_seconds_are_one_value()
    {
        var history = new RateHistory([.. Enumerable.Range(0, 7).Select(Sample)]);

        var (received, sent) = (history.Messages[0], history.Messages[1]);

        Assert.Equal([1, 4, 6], received.Values);
        Assert.Equal([10, 40, 60], sent.Values);
    }

    [Fact]
    public void Values_that_are_past_do_not_change_when_the_oldest_second_leaves()
    {
        var samples = Enumerable.Range(0, 12).Select(Sample).ToArray();

        var before = new RateHistory(samples[..11]).Messages[0].Values;
        var after = new RateHistory(samples[1..]).Messages[0].Values;

        Assert.Equal(before.Skip(1).SkipLast(1), after.Skip(1).SkipLast(1));
    }

    [Fact]
    public void Nothing_is_no_values() => Assert.All(new RateHistory([]).Bytes, series => Assert.Empty(series.Values));

    private static RateSample Sample(int second) => new(Start + TimeSpan.FromSeconds(second), second, 10 * second, 0, 0, 0, 0);
}
