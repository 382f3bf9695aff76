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
        Assert.Equal(marked, level[new TopicSearch(text).Mark(level, isFound: false)]);

    [Fact]
    public void What_a_filter_finds_is_marked_as_a_whole()
    {
        var search = new TopicSearch("sensors/+/temp");

        Assert.Equal(..4, search.Mark("temp", isFound: true));
        Assert.Equal(..0, search.Mark("sensors", isFound: false));
    }

    [Fact]
    public void What_is_found_in_a_payload_is_marked_in_it_or_else_the_topic_is()
    {
        var search = new TopicSearch("OPEN", inPayloads: true);

        Assert.Equal("open", "door open"[search.MarkValue("door open")]);
        Assert.Equal(..0, search.MarkValue("the row shows only the beginning"));
        Assert.Equal(..4, search.Mark("door", isFound: true));
    }

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
