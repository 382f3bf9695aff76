using System.Text;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Tests.Topics;

public sealed class TopicNameTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("a")]
    [InlineData("/finance")]
    [InlineData("Accounts payable")]
    [InlineData("$SYS/broker/uptime")]
    [InlineData("grüße/𝄞/日本")]
    [InlineData("\uFEFFa")]
    public void Any_text_without_wildcards_is_a_topic(string topic)
    {
        Assert.True(TopicName.IsValid(topic));
        Assert.True(TopicName.IsValid(Encoding.UTF8.GetBytes(topic)));
    }

    [Theory]
    [InlineData("", ReasonCode.TopicNameInvalid)]
    [InlineData("612b", ReasonCode.TopicNameInvalid)]
    [InlineData("23", ReasonCode.TopicNameInvalid)]
    [InlineData("610062", ReasonCode.MalformedPacket)]
    [InlineData("ff", ReasonCode.MalformedPacket)]
    [InlineData("c080", ReasonCode.MalformedPacket)]
    [InlineData("eda080", ReasonCode.MalformedPacket)]
    [InlineData("f4908080", ReasonCode.MalformedPacket)]
    [InlineData("61e282", ReasonCode.MalformedPacket)]
    public void What_is_wrong_with_a_topic_is_explained(string hex, ReasonCode reason)
    {
        var utf8 = Convert.FromHexString(hex);
        Assert.False(TopicName.IsValid(utf8));
        var error = TopicName.Explain(utf8);
        Assert.Equal(reason, error.Reason);
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/+")]
    [InlineData("#")]
    [InlineData("a\0")]
    public void A_string_that_cannot_be_a_topic_is_refused(string topic) => Assert.False(TopicName.IsValid(topic));

    // Attribute values cannot hold half a character, so these are not cases of the test above.
    [Fact]
    public void Half_a_character_cannot_be_in_a_topic()
    {
        Assert.False(TopicName.IsValid("\uD800"));
        Assert.False(TopicName.IsValid("a\uDC00b"));
        Assert.True(TopicName.IsValid("\uD834\uDD1E"));
    }

    [Fact]
    public void A_topic_ends_at_65535_bytes()
    {
        Assert.True(TopicName.IsValid(new string('a', 65_535)));
        Assert.False(TopicName.IsValid(new string('a', 65_536)));
        Assert.False(TopicName.IsValid(new string('ü', 32_768)));
        Assert.True(TopicName.IsValid(Encoding.UTF8.GetBytes(new string('a', 65_535))));
        Assert.False(TopicName.IsValid(Encoding.UTF8.GetBytes(new string('a', 65_536))));
    }
}
