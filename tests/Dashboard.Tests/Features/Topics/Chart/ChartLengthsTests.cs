using Dashboard.Features.Topics.Chart;

namespace Dashboard.Tests.Features.Topics.Chart;

public sealed class ChartLengthsTests
{
    [Theory]
    [InlineData(0, new[] { 1, 5 })]
    [InlineData(4, new[] { 1, 5 })]
    [InlineData(12, new[] { 1, 5 })]
    [InlineData(16, new[] { 5, 15 })]
    [InlineData(300, new[] { 15, 60 })]
    [InlineData(100_000, new[] { 1_440, 10_080 })]
    public void The_two_largest_that_are_shorter_than_all_there_is_are_offered(int minutes, int[] offered) =>
        Assert.Equal(offered, ChartLengths.For(TimeSpan.FromMinutes(minutes), chosen: null).Select(length => (int)length.TotalMinutes));

    [Fact]
    public void The_one_that_is_shown_stays_when_longer_ones_come_and_one_that_was_zoomed_to_is_none() =>
        Assert.Equal(
            [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)],
            ChartLengths.For(TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(1)).Concat(ChartLengths.For(TimeSpan.FromMinutes(16), TimeSpan.FromSeconds(73))).Distinct());
}
