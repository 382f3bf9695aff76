using Dashboard.Broker.Connections;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class ClientRatesTests : BrokerTest
{
    [Fact]
    public async Task Messages_are_counted_over_the_time_between_two_samples()
    {
        await StartAsync();
        var rates = new ClientRates(Host.Broker);
        var publisher = await ConnectAsync(ProtocolVersion.V500, "publisher");
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "subscriber");
        await subscriber.SubscribeAsync("t");
        rates.Sample();

        await PublishAsync(publisher, 6);
        for (var i = 0; i < 6; i++)
        {
            await subscriber.ExpectAsync<PublishPacket>();
        }

        Time.Advance(TimeSpan.FromSeconds(2));
        rates.Sample();
        Assert.Equal((3, 0), rates.Of(Connection("publisher")));
        Assert.Equal((0, 3), rates.Of(Connection("subscriber")));

        Time.Advance(TimeSpan.FromSeconds(1));
        rates.Sample();
        Assert.Equal((0, 0), rates.Of(Connection("publisher")));
    }

    [Fact]
    public async Task A_connection_that_has_closed_is_forgotten()
    {
        await StartAsync();
        var rates = new ClientRates(Host.Broker);
        var leaving = await ConnectAsync(ProtocolVersion.V500, "leaving");
        await ConnectAsync(ProtocolVersion.V500, "staying");
        await PublishAsync(leaving, 4);
        Time.Advance(TimeSpan.FromSeconds(1));
        rates.Sample();
        var connection = Connection("leaving");
        Assert.Equal((4, 0), rates.Of(connection));

        await leaving.DisconnectAsync();
        await leaving.ExpectClosedAsync();
        await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => "it is still open", RawClient.Patience);
        Time.Advance(TimeSpan.FromSeconds(1));
        rates.Sample();

        Assert.Equal((0, 0), rates.Of(connection));
    }

    [Fact]
    public async Task Sampling_those_that_say_nothing_allocates_nothing_for_each()
    {
        const int Connections = 50;
        await StartAsync();
        var rates = new ClientRates(Host.Broker);
        for (var i = 0; i < Connections; i++)
        {
            await ConnectAsync(ProtocolVersion.V311, $"idle-{i}");
        }

        rates.Sample();
        rates.Sample();
        var before = GC.GetAllocatedBytesForCurrentThread();
        rates.Sample();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Connections * 8);
    }

    private static async Task PublishAsync(RawClient client, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await client.PublishAsync(Message("t", qos: QualityOfService.AtLeastOnce));
        }
    }

    private ClientConnection Connection(string clientId) => Assert.Single(Host.Broker.Connections.Open, connection => connection.ClientId == clientId);
}
