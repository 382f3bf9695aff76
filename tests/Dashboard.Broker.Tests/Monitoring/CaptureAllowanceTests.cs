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

    [Fact]
    public void It_is_not_worth_asking_before_there_can_be_another()
    {
        Taken(Start, 101);

        Assert.Equal(Start + 10, _allowance.NextAt(100));
        Assert.Equal(0, Taken(Start + 9, 1));
        Assert.Equal(1, Taken(Start + 10, 1));
    }

    [Fact]
    public void However_much_was_overdrawn_it_is_worth_asking_after_a_second()
    {
        Taken(Start, 101);
        for (var i = 0; i < 1_000; i++)
        {
            _allowance.Spend();
        }

        Assert.Equal(Start + CaptureAllowance.LongestWait, _allowance.NextAt(100));
    }

    private int Taken(long now, int wanted) => Enumerable.Range(0, wanted).Count(_ => _allowance.TryTake(now, 100));
}
