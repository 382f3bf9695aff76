using Dashboard.Broker.Monitoring;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class CaptureAllowanceTests
{
    private const long Start = 1_800_000_000_000;

    private CaptureAllowance _allowance;

    [Fact]
    public void One_seconds_worth_may_come_at_once()
    {
        Assert.Equal(100, Taken(Start, 250));
        Assert.Equal(0, Taken(Start, 1));
    }

    [Fact]
    public void Under_a_steady_flood_they_are_spread_over_the_second()
    {
        Taken(Start, 250);

        Assert.Equal(10, Taken(Start + 100, 250));
        Assert.Equal(10, Taken(Start + 200, 250));
        Assert.Equal(100, Taken(Start + 60_000, 250));
    }

    [Fact]
    public void A_clock_that_is_set_back_gives_nothing_and_harms_nothing()
    {
        Taken(Start, 250);

        Assert.Equal(0, Taken(Start - 3_600_000, 10));
        Assert.Equal(1, Taken(Start - 3_600_000 + 10, 10));
    }

    private int Taken(long now, int wanted) => Enumerable.Range(0, wanted).Count(_ => _allowance.TryTake(now, 100));
}
