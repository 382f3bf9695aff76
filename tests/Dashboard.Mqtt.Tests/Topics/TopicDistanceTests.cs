using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Tests.Topics;

public sealed class TopicDistanceTests
{
    [Theory]
    [InlineData("sensors/+/temp", "sensors/1/temp", 0)]
    [InlineData("$share/group/sensors/#", "sensors/1", 0)]
    [InlineData("sensors/1/Temp", "sensors/1/temp", 1)]
    [InlineData("sensors/1/ temp", "sensors/1/temp", 1)]
    [InlineData("/sensors/1", "sensors/1", 1)]
    [InlineData("sensors/1/", "sensors/1", 1)]
    [InlineData("#", "$SYS/broker", 1)]
    [InlineData("sensor/1", "sensors/1", 2)]
    [InlineData("temprature", "temperature", 2)]
    [InlineData("sensors", "sensors/1", 2)]
    [InlineData("sensors/1/temp", "sensors/1", 2)]
    public void A_slip_is_near(string filter, string topic, int distance)
    {
        Assert.Equal(distance, TopicDistance.Between(filter, topic));
        Assert.True(distance <= TopicDistance.Near);
    }

    [Theory]
    [InlineData("garden/pump", "sensors/1")]
    [InlineData("sensors/1", "sensors/2")]
    [InlineData("sensor1", "sensor2")]
    [InlineData("house/on", "house/off")]
    [InlineData("+", "sensors/1")]
    public void Another_thing_is_far(string filter, string topic) => Assert.Equal(TopicDistance.Far, TopicDistance.Between(filter, topic));

    [Fact]
    public void Several_missing_levels_are_no_slip() =>
        Assert.True(TopicDistance.Between("house", "house/kitchen/light") > TopicDistance.Near);
}
