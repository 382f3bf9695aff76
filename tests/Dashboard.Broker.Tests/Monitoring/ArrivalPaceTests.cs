using Dashboard.Broker.Monitoring;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class ArrivalPaceTests
{
    private const long Start = 1_700_000_000_000;

    [Fact]
    public void A_steady_topic_is_late_after_a_few_of_its_intervals()
    {
        var pace = Of(Enumerable.Range(0, 20).Select(i => i * 5_000));

        Assert.Equal(5, pace.Usual!.Value.TotalSeconds, 1);
        Assert.InRange(pace.LateAfter!.Value.TotalSeconds, 10, 11);
    }

    [Fact]
    public void A_topic_that_sends_in_bursts_is_not_late_between_two_of_them()
    {
        var pace = Of(Enumerable.Range(0, 20).SelectMany(i => new[] { i * 10_000, (i * 10_000) + 1, (i * 10_000) + 2 }));

        Assert.True(pace.LateAfter > TimeSpan.FromSeconds(10), $"{pace.LateAfter}");
    }

    [Fact]
    public void Four_messages_teach_nothing_yet() => Assert.Null(Of([0, 1_000, 2_000, 3_000]).Usual);

    [Fact]
    public void The_rate_is_counted_and_falls_in_a_silence()
    {
        var arrivals = Enumerable.Range(0, 300).Select(i => i * 100).ToArray();

        Assert.Equal(10, Of(arrivals).PerSecond, 0);
        Assert.InRange(Of(arrivals, silence: 60_000).PerSecond, 0, 0.2);
    }

    [Fact]
    public void One_message_has_no_rate() => Assert.Equal(0, Of([0]).PerSecond);

    private static TopicPace Of(IEnumerable<int> arrivals, int silence = 0)
    {
        var pace = default(ArrivalPace);
        var now = Start;
        foreach (var arrival in arrivals)
        {
            now = Start + arrival;
            pace.Arrived(now);
        }

        return pace.At(now + silence);
    }
}
