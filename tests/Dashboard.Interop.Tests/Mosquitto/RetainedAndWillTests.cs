namespace Dashboard.Interop.Tests.Mosquitto;

public sealed class RetainedAndWillTests(BrokerUnderTest broker) : InteropTest(broker)
{
    [Theory]
    [InlineData("mqttv31")]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task A_retained_message_waits_for_a_later_subscriber_until_it_is_cleared(string version)
    {
        await Publish("-V", version, "-q", "1", "-t", Topic, "-m", "left for you", "-r");
        var later = await Subscribe("-V", version, "-q", "1", "-t", Topic);
        await later.WaitForLine($"received {Topic} q=1 r=1 left for you");

        await Publish("-V", version, "-q", "1", "-t", Topic, "-n", "-r");
        var evenLater = await Subscribe("-V", version, "-q", "1", "-t", Topic);
        await Publish("-V", version, "-q", "1", "-t", Topic, "-m", "live");

        await evenLater.WaitForLine("live");
        Assert.Equal([$"{Topic} q=1 r=0 live"], Received(evenLater));
    }

    [Theory]
    [InlineData("mqttv31")]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task The_will_of_a_killed_client_is_published(string version)
    {
        var watcher = await Subscribe("-V", version, "-q", "1", "-t", Topic + "/will");
        var client = await Subscribe(
            "-V", version, "-t", Topic, "--will-topic", Topic + "/will", "--will-payload", "I am gone", "--will-qos", "1");

        client.Kill();

        await watcher.WaitForLine($"received {Topic}/will q=1 r=0 I am gone");
    }

    [Fact]
    public async Task The_will_of_a_client_that_says_goodbye_is_not_published()
    {
        var watcher = await Subscribe("-q", "1", "-t", Topic + "/will");
        var client = await Subscribe("-t", Topic, "--will-topic", Topic + "/will", "--will-payload", "I am gone", "--will-qos", "1");

        client.Terminate();
        await client.WaitForExit();

        await Publish("-q", "1", "-t", Topic + "/will", "-m", "nobody died");
        await watcher.WaitForLine("nobody died");
        Assert.Equal([$"{Topic}/will q=1 r=0 nobody died"], Received(watcher));
    }

    [Fact]
    public async Task A_retained_will_waits_for_a_later_subscriber()
    {
        var watcher = await Subscribe("-t", Topic);
        var client = await Subscribe("-t", "nothing", "--will-topic", Topic, "--will-payload", "offline", "--will-retain");
        client.Kill();
        await watcher.WaitForLine($"received {Topic} q=0 r=0 offline");

        var later = await Subscribe("-t", Topic);

        await later.WaitForLine($"received {Topic} q=0 r=1 offline");
    }
}
