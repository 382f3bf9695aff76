namespace Dashboard.Interop.Tests.Mosquitto;

public sealed class VersionFiveTests(BrokerUnderTest broker) : InteropTest(broker)
{
    [Fact]
    public async Task Properties_of_a_message_arrive_unchanged_and_in_order()
    {
        var subscriber = await Subscribe("-V", "mqttv5", "-t", Topic, "-F", "received %p type=%C reply=%R correlation=%D user=%P format=%F");

        await Publish(
            "-V", "mqttv5", "-t", Topic, "-m", "{}",
            "-D", "publish", "content-type", "application/json",
            "-D", "publish", "response-topic", "answers/here",
            "-D", "publish", "correlation-data", "42",
            "-D", "publish", "payload-format-indicator", "1",
            "-D", "publish", "user-property", "room", "kitchen",
            "-D", "publish", "user-property", "floor", "2",
            "-D", "publish", "user-property", "room", "again");

        var line = await subscriber.WaitForLine("received {}");
        Assert.Equal(
            "received {} type=application/json reply=answers/here correlation=42 user=room:kitchen floor:2 room:again format=1", line);
    }

    [Fact]
    public async Task The_expiry_of_a_retained_message_counts_down()
    {
        await Publish("-V", "mqttv5", "-q", "1", "-t", Topic, "-m", "soon gone", "-r", "-D", "publish", "message-expiry-interval", "600");

        var subscriber = await Subscribe("-V", "mqttv5", "-t", Topic, "-F", "received %p %E");

        var line = await subscriber.WaitForLine("received soon gone ");
        Assert.InRange(int.Parse(line.Split(' ')[^1], null), 500, 600);
    }

    [Fact]
    public async Task Mosquitto_rr_gets_the_answer_to_its_request()
    {
        var responder = StartPython("paho/responder.py", Topic);
        await responder.WaitForLine("subscribed");

        var request = await Tool.Run(
            "mosquitto_rr", "-V", "mqttv5", "-h", "127.0.0.1", "-p", $"{Broker.TcpPort}",
            "-t", Topic, "-e", Topic + "/answer", "-m", "hello", "-D", "publish", "correlation-data", "7",
            "-F", "%t %D %p", "-W", "25");

        Assert.Equal([$"{Topic}/answer 7 HELLO"], request.Lines);
    }

    [Fact]
    public async Task A_shared_subscription_gives_each_message_to_one_member()
    {
        var filter = $"$share/group/{Topic}";
        var members = new[]
        {
            await Subscribe("-V", "mqttv5", "-q", "1", "-t", filter),
            await Subscribe("-V", "mqttv5", "-q", "1", "-t", filter),
        };

        await Tool.Run("sh", "-c", $"seq 40 | mosquitto_pub -V mqttv5 -h 127.0.0.1 -p {Broker.TcpPort} -q 1 -t {Topic} -l");

        await Eventually.Holds(
            () => members.Sum(member => Received(member).Length) >= 40, () => "40 messages over both: " + string.Join('\n', members.Select(m => m.ToString())));
        Assert.Equal(
            Enumerable.Range(1, 40),
            members.SelectMany(Received).Select(line => int.Parse(line.Split(' ')[^1], null)).Order());
        Assert.All(members, member => Assert.InRange(Received(member).Length, 10, 30));
    }

    [Fact]
    public async Task A_message_carries_the_identifier_of_the_subscription_it_came_through()
    {
        var subscriber = await Subscribe("-V", "mqttv5", "-q", "1", "-t", Topic, "-D", "subscribe", "subscription-identifier", "77", "-F", "received %p id=%S");

        await Publish("-V", "mqttv5", "-q", "1", "-t", Topic, "-m", "hello");

        await subscriber.WaitForLine("received hello id=77");
    }
}
