namespace Dashboard.Interop.Tests.Mosquitto;

/// <summary>What shell scripts rely on.</summary>
public sealed class ShellTests(BrokerUnderTest broker) : InteropTest(broker)
{
    private const int TimedOut = 27;

    private string Port => $"{Broker.TcpPort}";

    [Fact]
    public async Task The_broker_says_its_version_below_SYS()
    {
        var subscriber = await Subscribe("-t", "$SYS/broker/version", "-C", "1");

        Assert.Equal(0, await subscriber.WaitForExit());
        var line = Assert.Single(Received(subscriber));
        Assert.Matches(BrokerUnderTest.IsReference ? "r=1 mosquitto version [0-9.]+$" : "r=1 .*[0-9]+\\.[0-9]+", line);
    }

    [Theory]
    [InlineData("$SYS/broker/uptime")]
    [InlineData("$SYS/broker/clients/connected")]
    [InlineData("$SYS/broker/clients/total")]
    [InlineData("$SYS/broker/clients/maximum")]
    [InlineData("$SYS/broker/messages/received")]
    [InlineData("$SYS/broker/messages/sent")]
    [InlineData("$SYS/broker/publish/messages/received")]
    [InlineData("$SYS/broker/publish/messages/sent")]
    [InlineData("$SYS/broker/bytes/received")]
    [InlineData("$SYS/broker/bytes/sent")]
    [InlineData("$SYS/broker/subscriptions/count")]
    [InlineData("$SYS/broker/retained messages/count")]
    [InlineData("$SYS/broker/load/messages/received/1min")]
    public async Task The_broker_counts_below_SYS_with_mosquittos_names(string topic)
    {
        var subscriber = Start("mosquitto_sub", "-h", "127.0.0.1", "-p", Port, "-t", topic, "-C", "1");

        Assert.Equal(0, await subscriber.WaitForExit());
        Assert.Matches("^[0-9.]+( seconds)?$", Assert.Single(subscriber.Lines));
    }

    [Theory]
    [InlineData("mqttv31")]
    [InlineData("mqttv311")]
    [InlineData("mqttv5")]
    public async Task Mosquitto_sub_with_E_ends_well_once_it_is_subscribed(string version)
    {
        await Tool.Run("mosquitto_sub", "-V", version, "-h", "127.0.0.1", "-p", Port, "-t", Topic, "-E");
    }

    [Fact]
    public async Task Mosquitto_sub_with_C_ends_well_after_that_many_messages()
    {
        var subscriber = await Subscribe("-t", Topic, "-C", "2");

        await Publish("-t", Topic, "-m", "hello", "--repeat", "2");

        Assert.Equal(0, await subscriber.WaitForExit());
    }

    [Fact]
    public async Task Mosquitto_sub_that_waits_in_vain_ends_with_27()
    {
        // On a busy machine the second may be over before its subscription is granted.
        var subscriber = Start("mosquitto_sub", "-h", "127.0.0.1", "-p", Port, "-t", Topic, "-W", "1");

        Assert.Equal(TimedOut, await subscriber.WaitForExit());
    }

    [Fact]
    public async Task Mosquitto_pub_fails_where_nobody_listens()
    {
        var publisher = Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{FreePort.Find(1)[0]}", "-t", Topic, "-m", "hello");

        Assert.Equal(1, await publisher.WaitForExit());
        Assert.Contains("Connection refused", string.Join('\n', publisher.Errors), StringComparison.Ordinal);
    }
}
