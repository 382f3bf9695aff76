using Dashboard.Features.Topics;

namespace Dashboard.Tests.Features.Topics;

public sealed class TopicSearchTests
{
    [Theory]
    [InlineData("temp", "kitchen-Temperature", "Temp")]
    [InlineData("temp", "humidity", "")]
    [InlineData("+/temp", "temp", "")]
    [InlineData("", "temp", "")]
    public void The_text_is_marked_in_the_name_of_a_level(string text, string level, string marked) =>
        Assert.Equal(marked, level[new TopicSearch(text).Mark(level)]);

    [Fact]
    public void What_is_no_filter_is_searched_for_as_text_and_says_why()
    {
        var search = new TopicSearch("c++");

        Assert.Contains("must stand alone", search.Hint, StringComparison.Ordinal);
        Assert.True(search.Matches("languages/C++/users"));
    }

    [Fact]
    public void A_shared_subscription_is_answered_with_its_filter() =>
        Assert.EndsWith("write a/#.", new TopicSearch("$share/group/a/#").Hint, StringComparison.Ordinal);
}
