using Dashboard.Broker.Connections;
using Dashboard.Broker.Monitoring.Busiest;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring.Busiest;

public sealed class BusiestNowTests : BrokerTest
{
    [Fact]
    public async Task Topics_are_ranked_by_what_they_carried_since_the_last_look()
    {
        await StartAsync();
        var busiest = Host.Service<BusiestNow>();
        Publish("often", 3, bytes: 1);
        Publish("large", 1, bytes: 100);
        var first = busiest.Get();
        Assert.Equal(["often", "large"], first.TopicsByMessages.Select(topic => topic.Name));
        Assert.Equal(["large", "often"], first.TopicsByBytes.Select(topic => topic.Name));

        Publish("large", 2, bytes: 100);
        Assert.Same(first, busiest.Get());
        Time.Advance(BusiestNow.LookEvery);

        Assert.Equal(new Busy("large", 2, 200), Assert.Single(busiest.Get().TopicsByMessages));
        Assert.Equal(first.Until, busiest.Get().Since);
    }

    [Fact]
    public async Task Only_the_busiest_of_many_are_kept()
    {
        await StartAsync();
        for (var i = 1; i <= 60; i++)
        {
            Publish($"t/{i:00}", i, bytes: 1);
        }

        var ranking = Host.Service<BusiestNow>().Get().TopicsByMessages;

        Assert.Equal(Enumerable.Range(21, 40).Reverse().Select(i => $"t/{i:00}"), ranking.Select(topic => topic.Name));
    }

    [Theory, Versions]
    public async Task Clients_that_left_since_the_last_look_are_ranked_too_and_only_once(ProtocolVersion version)
    {
        await StartAsync();
        var busiest = Host.Service<BusiestNow>();
        await PublishAndLeaveAsync(version, "before", 3);
        var staying = await ConnectAsync(version, "staying");
        await PublishAsync(staying, 2);
        var leaving = await ConnectAsync(version, "leaving");
        await PublishAsync(leaving, 1);
        Assert.Equal([("before", 3L), ("staying", 2L), ("leaving", 1L)], Clients(busiest));

        await PublishAsync(leaving, 5);
        await LeaveAsync(leaving);
        await PublishAndLeaveAsync(version, "leaving", 1);
        Time.Advance(BusiestNow.LookEvery);
        Assert.Equal([("leaving", 6L)], Clients(busiest));

        await PublishAndLeaveAsync(version, "staying-not", 1);
        var back = await ConnectAsync(version, "staying-not");
        await PublishAsync(back, 1);
        Time.Advance(BusiestNow.LookEvery);
        Assert.Equal([("staying-not", 2L)], Clients(busiest));
    }

    [Fact]
    public void Of_very_many_that_left_the_busier_ones_are_kept()
    {
        var departures = new Departures();
        for (var i = 0; i < 5_000; i++)
        {
            departures.Add($"c{i}", new Traffic(0, i == 7 ? 100 : 1, 0, 0, 0, 0));
        }

        var taken = departures.Take();
        Assert.InRange(taken.Count, 100, Departures.Max);
        Assert.Contains("c7", taken.Keys);
        Assert.Empty(departures.Take());
    }

    private static List<(string Name, long Messages)> Clients(BusiestNow busiest) =>
        [.. busiest.Get().ClientsByMessages.Select(client => (client.Name, client.Messages))];

    private async Task PublishAndLeaveAsync(ProtocolVersion version, string clientId, int times)
    {
        var client = await ConnectAsync(version, clientId);
        await PublishAsync(client, times);
        await LeaveAsync(client);
    }

    private static async Task PublishAsync(RawClient client, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await client.PublishAsync(Message("t", qos: QualityOfService.AtLeastOnce));
        }
    }

    private async Task LeaveAsync(RawClient client)
    {
        var open = Host.Broker.Connections.Count;
        await client.DisconnectAsync();
        await Eventually.Holds(() => Host.Broker.Connections.Count < open, () => "it left");
    }

    private void Publish(string topic, int times, int bytes)
    {
        for (var i = 0; i < times; i++)
        {
            Host.Broker.Publish(new PublishRequest(topic, new byte[bytes]));
        }
    }
}
