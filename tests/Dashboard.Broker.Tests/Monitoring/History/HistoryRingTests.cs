using Dashboard.Broker.Monitoring.History;

namespace Dashboard.Broker.Tests.Monitoring.History;

public sealed class HistoryRingTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(3_000_000);

    private readonly HistoryRing _ring = new(new HistoryRange(TimeSpan.FromSeconds(10), 3));

    [Fact]
    public void The_samples_of_a_step_are_one_average()
    {
        Add(0, 1);
        Add(1, 2);
        Add(9, 6);
        Add(10, 7);

        Assert.Equal([3, 7], Values());
    }

    [Fact]
    public void The_oldest_steps_leave()
    {
        foreach (var step in Enumerable.Range(0, 5))
        {
            Add(step * 10, step);
        }

        Assert.Equal([2, 3, 4], Values());
    }

    [Fact]
    public void A_time_without_samples_has_no_points_and_pushes_the_old_ones_out()
    {
        Add(0, 1);
        Add(10, 2);
        Add(30, 4);

        Assert.Equal([2, 4], Values());
    }

    [Fact]
    public void A_clock_that_is_set_back_moves_nothing()
    {
        Add(10, 1);
        Add(0, 3);

        Assert.Equal([2], Values());
    }

    [Fact]
    public void A_step_that_was_cut_by_a_restart_goes_on()
    {
        _ring.Append(new HistoryPoint(Start.ToUnixTimeSeconds(), 3, [4]));
        Add(5, 8);

        Assert.Equal([5], Values());
    }

    [Fact]
    public void A_figure_that_was_not_kept_before_is_no_number_until_it_is()
    {
        _ring.Append(new HistoryPoint(Start.ToUnixTimeSeconds(), 3, [4]));

        Assert.Equal(double.NaN, _ring.Points.Single()[HistoryFigure.Memory]);
    }

    private void Add(int second, double value) => _ring.Add(Start + TimeSpan.FromSeconds(second), [value]);

    private IEnumerable<double> Values() => _ring.Points.Select(point => point[HistoryFigure.MessagesIn]);
}
