using System.Security.Cryptography;

namespace Dashboard.Interop.Tests.Mosquitto;

public sealed class RoundTripTests(BrokerUnderTest broker) : InteropTest(broker)
{
    public static TheoryData<string, int> VersionsAndQualities()
    {
        var data = new TheoryData<string, int>();
        foreach (var version in new[] { "mqttv31", "mqttv311", "mqttv5" })
        {
            data.Add(version, 0);
            data.Add(version, 1);
            data.Add(version, 2);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(VersionsAndQualities))]
    public async Task A_message_published_by_mosquitto_pub_arrives_at_mosquitto_sub(string version, int qos)
    {
        var subscriber = await Subscribe("-V", version, "-q", $"{qos}", "-t", Topic);

        await Publish("-V", version, "-q", $"{qos}", "-t", Topic, "-m", "hello");

        await subscriber.WaitForLine($"received {Topic} q={qos} r=0 hello");
    }

    [Theory]
    [InlineData("mqttv5", "mqttv31")]
    [InlineData("mqttv31", "mqttv5")]
    [InlineData("mqttv5", "mqttv311")]
    [InlineData("mqttv311", "mqttv5")]
    public async Task Clients_of_different_versions_understand_each_other(string publisher, string subscriber)
    {
        var listening = await Subscribe("-V", subscriber, "-q", "2", "-t", Topic);

        await Publish("-V", publisher, "-q", "1", "-t", Topic, "-m", "hello");

        await listening.WaitForLine($"received {Topic} q=1 r=0 hello");
    }

    [Fact]
    public async Task A_filter_with_a_plus_selects_the_main_lights_of_the_house()
    {
        var subscriber = await Subscribe("-q", "1", "-t", "house/+/main-light");

        foreach (var topic in new[] { "house/room1/main-light", "house/room1/alarm", "house/garage/main-light", "house/main-light" })
        {
            await Publish("-q", "1", "-t", topic, "-m", "on");
        }

        await Publish("-q", "1", "-t", "house/last/main-light", "-m", "on");
        await subscriber.WaitForLine("received house/last/main-light");
        Assert.Equal(
            ["house/room1/main-light q=1 r=0 on", "house/garage/main-light q=1 r=0 on", "house/last/main-light q=1 r=0 on"],
            Received(subscriber));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_file_of_one_megabyte_arrives_unchanged(int qos)
    {
        var content = RandomNumberGenerator.GetBytes(1_000_000);
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, content);
        var subscriber = await Subscribe("-q", $"{qos}", "-t", Topic, "-F", "received %l %x");

        await Publish("-q", $"{qos}", "-t", Topic, "-f", file);

        var line = await subscriber.WaitForLine("received 1000000 ");
        File.Delete(file);
        Assert.True(line.EndsWith(Convert.ToHexStringLower(content), StringComparison.Ordinal), "the bytes differ");
    }

    [Fact]
    public async Task Lines_from_the_standard_input_arrive_in_order()
    {
        var subscriber = await Subscribe("-q", "1", "-t", Topic, "-C", "500");

        await Tool.Run("sh", "-c", $"seq 500 | mosquitto_pub -h 127.0.0.1 -p {Broker.TcpPort} -q 1 -t {Topic} -l");

        Assert.Equal(0, await subscriber.WaitForExit());
        Assert.Equal(Enumerable.Range(1, 500).Select(number => $"{Topic} q=1 r=0 {number}"), Received(subscriber));
    }
}
