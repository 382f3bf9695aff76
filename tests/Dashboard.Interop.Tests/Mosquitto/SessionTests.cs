namespace Dashboard.Interop.Tests.Mosquitto;

public sealed class SessionTests(BrokerUnderTest broker) : InteropTest(broker)
{
    [Theory]
    [InlineData("mqttv31", 1)]
    [InlineData("mqttv311", 1)]
    [InlineData("mqttv5", 1)]
    [InlineData("mqttv5", 2)]
    public async Task Messages_for_an_absent_session_wait_until_it_reconnects(string version, int qos)
    {
        string[] session = ["-V", version, "-c", "-i", $"absent-{version}-{qos}", "-q", $"{qos}", "-t", Topic];
        var before = await Subscribe(session);
        before.Terminate();
        await before.WaitForExit();

        foreach (var letter in new[] { "first", "second", "third" })
        {
            await Publish("-V", version, "-q", $"{qos}", "-t", Topic, "-m", letter);
        }

        var after = await Subscribe(session);
        await after.WaitForLine("third");
        Assert.Equal(
            [$"{Topic} q={qos} r=0 first", $"{Topic} q={qos} r=0 second", $"{Topic} q={qos} r=0 third"], Received(after));
    }

    [Fact]
    public async Task A_clean_session_forgets()
    {
        string[] kept = ["-c", "-i", "forgetful", "-q", "1", "-t", Topic];
        var before = await Subscribe(kept);
        before.Terminate();
        await before.WaitForExit();
        await Publish("-q", "1", "-t", Topic, "-m", "waiting");

        var clean = await Subscribe("-i", "forgetful", "-q", "1", "-t", Topic);
        await Publish("-q", "1", "-t", Topic, "-m", "live");

        await clean.WaitForLine("live");
        Assert.Equal([$"{Topic} q=1 r=0 live"], Received(clean));
    }

    [Fact]
    public async Task The_second_client_with_the_same_id_takes_over()
    {
        var first = await Subscribe("-V", "mqttv5", "-i", "twin", "-t", Topic);

        Start("mosquitto_sub", "-h", "127.0.0.1", "-p", $"{Broker.TcpPort}", "-V", "mqttv5", "-i", "twin", "-t", Topic);

        // It connects again, and takes over in turn, perhaps before the second has its subscription.
        await Eventually.Holds(
            () => first.HasExited || first.Lines.Count(line => line.EndsWith("sending CONNECT", StringComparison.Ordinal)) > 1,
            () => $"the first is cut. {first}");
    }
}
