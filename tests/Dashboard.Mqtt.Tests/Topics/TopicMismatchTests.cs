using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Tests.Topics;

public sealed class TopicMismatchTests
{
    [Theory]
    [InlineData("a/+", "a/b")]
    [InlineData("$share/g/a/#", "a/b/c")]
    public void A_match_needs_no_words(string filter, string topic) => Assert.Null(TopicMismatch.Explain(filter, topic));

    [Theory]
    [InlineData("Sensors/temp", "sensors/temp", "upper and lower case differ; topics are case-sensitive")]
    [InlineData("+/TEMP", "kitchen/temp", "upper and lower case differ; topics are case-sensitive")]
    [InlineData("sensors/temp", "/sensors/temp", "the topic starts with a slash, which makes an empty first level")]
    [InlineData("/sensors/+", "sensors/temp", "the filter starts with a slash, which makes an empty first level")]
    [InlineData("sensors/temp", "sensors/temp/", "the topic ends with a slash, which makes an empty last level")]
    [InlineData("sensors/temp/", "sensors/temp", "the filter ends with a slash, which makes an empty last level")]
    [InlineData("sensors/temp", "sensors/temp ", "the topic has a space at the start or end of a level")]
    [InlineData(" sensors/temp", "sensors/temp", "the filter has a space at the start or end of a level")]
    [InlineData("sensor/temp", "sensors/temp", "singular or plural: level 1 is \"sensors\" but the filter says \"sensor\"")]
    [InlineData("home/boxes", "home/box", "singular or plural: level 2 is \"box\" but the filter says \"boxes\"")]
    [InlineData("sensors", "sensors/temp/1", "the topic has 3 levels but the filter only 1; write sensors/# to get everything below")]
    [InlineData("sensors/+", "sensors/temp/1", "the topic has 3 levels but the filter only 2; write sensors/# to get everything below")]
    [InlineData("+", "sensors/temp", "the topic has 2 levels but the filter only 1; write # to get everything below")]
    [InlineData("sensors/+/value", "sensors/temp", "the filter asks for 3 levels but the topic has only 2")]
    [InlineData("sensors/+/#", "sensors", "the filter asks for at least 2 levels but the topic has only 1")]
    [InlineData("#", "$SYS/uptime", "a filter that starts with # leaves out topics that start with $; write out the first level")]
    [InlineData("+/uptime", "$SYS/uptime", "a filter that starts with + leaves out topics that start with $; write out the first level")]
    [InlineData("home/kitchen/temp", "home/garage/temp", "level 2 is \"garage\" but the filter says \"kitchen\"")]
    [InlineData("$share/g/home/kitchen", "home/garage", "level 2 is \"garage\" but the filter says \"kitchen\"")]
    [InlineData("home/kitchen", "home//kitchen", "level 2 is \"\" but the filter says \"kitchen\"")]
    public void A_near_miss_is_named(string filter, string topic, string explanation) =>
        Assert.Equal(explanation, TopicMismatch.Explain(filter, topic));

    [Fact]
    public void A_bad_filter_is_explained_as_such() =>
        Assert.Equal(TopicFilter.Check("a/#/b")!.Value.Message, TopicMismatch.Explain("a/#/b", "a/x/b"));
}
