using Dashboard.Features.Topics.Chart;

namespace Dashboard.Tests.Features.Topics.Chart;

public sealed class ChartWindowTests
{
    private static readonly DateTimeOffset First = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ChartWindow _window = new();

    [Fact]
    public void All_is_from_the_first_to_the_last() => AssertRange(0, 100);

    [Fact]
    public void A_length_follows_the_clock_until_it_is_moved_and_again_when_it_is_moved_back()
    {
        _window.Show(TimeSpan.FromSeconds(60));
        AssertRange(60, 120);

        Pan(-0.5);
        AssertRange(30, 90);
        Assert.True(_window.IsMoved);

        Pan(1);
        AssertRange(60, 120);
        Assert.False(_window.IsMoved);
    }

    [Fact]
    public void It_is_not_moved_beyond_the_first()
    {
        _window.Show(TimeSpan.FromSeconds(60));
        Pan(-10);

        AssertRange(-60, 0);
    }

    [Fact]
    public void It_becomes_shorter_around_its_middle()
    {
        _window.Show(TimeSpan.FromSeconds(60));
        Pan(-0.5);
        _window.Zoom(0.5, First, First.AddSeconds(100), First.AddSeconds(120));

        AssertRange(45, 75);
    }

    [Theory]
    [InlineData(new double[] { 1, 3, 2 }, "M0 100L300 0L600 50")]
    [InlineData(new double[] { 1, double.NaN, 2 }, "M0 100M600 0h0")]
    [InlineData(new double[] { 5, 5, 5 }, "M0 50L300 50L600 50")]
    public void A_line_has_gaps_where_there_is_no_number(double[] values, string path)
    {
        var points = values.Select((value, i) => new ChartPoint(First.AddSeconds(i), value, ""));
        var numbers = values.Where(double.IsFinite).ToArray();

        Assert.Equal(path, ChartLine.Path(points, First, First.AddSeconds(2), numbers.Min(), numbers.Max()));
    }

    private void Pan(double part) => _window.Pan(part, First, First.AddSeconds(100), First.AddSeconds(120));

    private void AssertRange(int from, int to) =>
        Assert.Equal((First.AddSeconds(from), First.AddSeconds(to)), _window.Range(First, First.AddSeconds(100), First.AddSeconds(120)));
}
