using Dashboard.Broker.Monitoring.History;
using Dashboard.Features.Overview;
using Dashboard.Shared.Controls;

namespace Dashboard.Tests.Features.Overview;

public sealed class HistoryViewTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeSeconds(3_000_000);

    [Fact]
    public void A_few_points_are_one_value_and_the_newest_is_the_last()
    {
        var view = View(Enumerable.Range(0, 7), now: 6, length: 9);

        Assert.Equal([1, 4, 6], view.Values(HistoryFigure.MessagesIn));
        Assert.Equal(Start.AddSeconds(6), view.End);
        Assert.Equal(Start, view.StartOf(0));
    }

    [Fact]
    public void Values_that_are_past_do_not_change_when_time_goes_on()
    {
        var before = View(Enumerable.Range(0, 9), now: 8, length: 9).Values(HistoryFigure.MessagesIn);
        var after = View(Enumerable.Range(1, 9), now: 9, length: 9).Values(HistoryFigure.MessagesIn);

        Assert.Equal(before[2], after[1]);
    }

    [Fact]
    public void A_time_of_which_nothing_is_known_is_a_gap()
    {
        var view = View([0, 1, 2, 9, 10, 11], now: 11, length: 15);

        Assert.Equal([double.NaN, 1, double.NaN, double.NaN, 10], view.Values(HistoryFigure.MessagesIn));
        Assert.Equal([false, true, false, false, true], Enumerable.Range(0, 5).Select(view.IsKnown));
    }

    [Fact]
    public void Without_a_history_nothing_is_known() =>
        Assert.All(View([], now: 0, length: 9).Values(HistoryFigure.Clients), value => Assert.True(double.IsNaN(value)));

    [Fact]
    public void A_curve_stops_at_a_gap_and_begins_again()
    {
        double[] values = [double.NaN, 0, 10, double.NaN, double.NaN, 10, 0];

        Assert.Equal("M100 100L200 0M500 0L600 100", Curve.Line(values, 7, 10));
        Assert.Equal("M100 100L200 0V100H100ZM500 0L600 100V100H500Z", Curve.Area(values, 7, 10));
        Assert.Equal([(200.0, 300.0)], Curve.Gaps(values, 7));
    }

    [Fact]
    public void One_value_between_gaps_is_a_dot() => Assert.Equal("M300 0h0.1", Curve.Line([double.NaN, 1, double.NaN], 3, 1));

    private static HistoryView View(IEnumerable<int> seconds, int now, int length) => new(
        [.. seconds.Select(second => new HistoryPoint(Start.AddSeconds(second).ToUnixTimeSeconds(), 1, [second]))],
        TimeSpan.FromSeconds(3),
        TimeSpan.FromSeconds(length),
        Start.AddSeconds(now));
}
