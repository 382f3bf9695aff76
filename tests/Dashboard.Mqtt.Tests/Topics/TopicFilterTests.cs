using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Tests.Topics;

/// <summary>The examples of section 4.7 and 4.8.2, and some between them.</summary>
public sealed class TopicFilterTests
{
    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1")]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking")]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon")]
    [InlineData("sport/#", "sport")]
    [InlineData("#", "sport")]
    [InlineData("#", "/")]
    [InlineData("sport/tennis/+", "sport/tennis/player1")]
    [InlineData("sport/+", "sport/")]
    [InlineData("+/+", "/finance")]
    [InlineData("/+", "/finance")]
    [InlineData("+", "finance")]
    [InlineData("+/tennis/#", "sport/tennis")]
    [InlineData("sport/+/player1", "sport/tennis/player1")]
    [InlineData("sport/+/#", "sport/tennis")]
    [InlineData("a/+/b", "a//b")]
    [InlineData("a//b", "a//b")]
    [InlineData("/", "/")]
    [InlineData("+/", "/")]
    [InlineData("$SYS/#", "$SYS/broker/load")]
    [InlineData("$SYS/#", "$SYS")]
    [InlineData("$SYS/monitor/+", "$SYS/monitor/Clients")]
    [InlineData("a/#", "a/$b")]
    public void A_filter_reaches_the_topic(string filter, string topic) => Assert.True(TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking")]
    [InlineData("sport/+", "sport")]
    [InlineData("+", "/finance")]
    [InlineData("sport/+/#", "sport")]
    [InlineData("sport/tennis/#", "sport")]
    [InlineData("sport/tennis", "sport")]
    [InlineData("sport", "sport/tennis")]
    [InlineData("sport", "sport/")]
    [InlineData("sport/", "sport")]
    [InlineData("ACCOUNTS", "Accounts")]
    [InlineData("/finance", "finance")]
    [InlineData("#", "$SYS/broker/load")]
    [InlineData("+/monitor/Clients", "$SYS/monitor/Clients")]
    [InlineData("+/#", "$SYS")]
    [InlineData("sport/tennis", "sport/tennis2")]
    [InlineData("sport/tennis2", "sport/tennis")]
    public void A_filter_does_not_reach_the_topic(string filter, string topic) => Assert.False(TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("#")]
    [InlineData("+")]
    [InlineData("/")]
    [InlineData("sport/tennis/#")]
    [InlineData("+/tennis/#")]
    [InlineData("sport/+/player1")]
    [InlineData("a//#")]
    [InlineData("$share/consumer/sport/tennis/+")]
    [InlineData("$share/consumer//finance")]
    [InlineData("$share/consumer/#")]
    [InlineData("$share")]
    [InlineData("$SYS/#")]
    public void A_filter_is_valid(string filter) => Assert.Null(TopicFilter.Check(filter));

    [Theory]
    [InlineData("", "write #")]
    [InlineData("sport/tennis#", "sport/tennis/#")]
    [InlineData("sport/tennis/#/ranking", "write sport/tennis/#")]
    [InlineData("a/#/b", "a/+/")]
    [InlineData("#a", "write a/#")]
    [InlineData("#/", "write #")]
    [InlineData("sport+", "sport/+")]
    [InlineData("a/++/b", "write a/+")]
    [InlineData("$share/consumer", "$share/group/filter")]
    [InlineData("$share/consumer/", "$share/group/filter")]
    [InlineData("$share//a", "$share/group/filter")]
    [InlineData("$share/", "$share/group/filter")]
    [InlineData("$share/con+/a", "no + or #")]
    [InlineData("$share/#/a", "no + or #")]
    [InlineData("$share/group/a/#/b", "write a/#")]
    [InlineData("a\0", "U+0000")]
    public void What_is_wrong_with_a_filter_is_explained_with_what_to_write(string filter, string advice)
    {
        var error = TopicFilter.Check(filter);
        Assert.False(TopicFilter.IsValid(filter));
        Assert.Equal(ReasonCode.TopicFilterInvalid, error?.Reason);
        Assert.Contains(advice, error?.Message, StringComparison.Ordinal);
    }

    // Attribute values cannot hold half a character, so this is not one of the cases above.
    [Fact]
    public void Half_a_character_is_explained() =>
        Assert.Contains("half a character", TopicFilter.Check("a\uD800")?.Message, StringComparison.Ordinal);

    [Fact]
    public void A_shared_subscription_has_a_group_and_a_filter()
    {
        Assert.True(TopicFilter.TryParseShared("$share/consumer//finance/#", out var group, out var inner));
        Assert.Equal(("consumer", "/finance/#"), (group, inner));
        Assert.False(TopicFilter.TryParseShared("share/consumer/a", out _, out _));
        Assert.False(TopicFilter.TryParseShared("$share/consumer", out _, out _));
    }

    [Fact]
    public void A_filter_may_have_wildcards()
    {
        Assert.True(TopicFilter.HasWildcard("a/+"));
        Assert.True(TopicFilter.HasWildcard("$share/g/#"));
        Assert.False(TopicFilter.HasWildcard("a/b"));
    }
}
