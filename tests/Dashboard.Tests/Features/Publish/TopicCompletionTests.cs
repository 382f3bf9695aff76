using Dashboard.Features.Publish;

namespace Dashboard.Tests.Features.Publish;

public sealed class TopicCompletionTests : IDisposable
{
    private readonly QuietBroker _broker = new();

    public TopicCompletionTests()
    {
        foreach (var topic in new[] { "house/kitchen/light", "house/kitchen/door", "house/hall/light", "garden", "$SYS/broker/uptime" })
        {
            _broker.Publish(topic);
        }
    }

    [Theory]
    [InlineData("house/kitchen/", new[] { "house/kitchen/door", "house/kitchen/light" })]
    [InlineData("house/K", new[] { "house/kitchen/door", "house/kitchen/light" })]
    [InlineData("g", new[] { "garden" })]
    [InlineData("$", new[] { "$SYS/broker/uptime" })]
    [InlineData("nowhere/x", new string[0])]
    public void What_was_typed_is_completed(string typed, string[] topics) => Assert.Equal(topics, TopicCompletion.Of(_broker.Topics, typed));

    [Fact]
    public void The_brokers_own_topics_are_not_suggested_for_nothing() =>
        Assert.DoesNotContain("$SYS/broker/uptime", TopicCompletion.Of(_broker.Topics, ""));

    public void Dispose() => _broker.Dispose();
}
