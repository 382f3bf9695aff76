using System.Net.WebSockets;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Limits;

public sealed class PublishRateTests : BrokerTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_client_that_publishes_too_fast_is_read_more_slowly_and_loses_nothing(bool overWebSocket)
    {
        await StartAsync(options => (options.MaxPublishRate, options.PublishBurst) = (10, 5));
        var subscriber = await ConnectAsync(ProtocolVersion.V311, "subscriber");
        await subscriber.SubscribeAsync("t");
        var publisher = overWebSocket ? Keep(await WebSocketClientAsync()) : await OpenAsync(ProtocolVersion.V311);
        await publisher.ConnectAsync(new ConnectPacket { Version = ProtocolVersion.V311, ClientId = "fast" });
        await publisher.SendAsync([.. Enumerable.Range(0, 12).Select(i => (object)Message("t", $"{i}"))]);

        await ExpectAsync(subscriber, 0, 5);
        await subscriber.ExpectNothingAsync();
        Host.Pass(TimeSpan.FromMilliseconds(100));
        await ExpectAsync(subscriber, 5, 6);
        await subscriber.ExpectNothingAsync();

        Host.Pass(TimeSpan.FromMilliseconds(500));
        await ExpectAsync(subscriber, 6, 11);
        Host.Pass(TimeSpan.FromMilliseconds(500));
        await ExpectAsync(subscriber, 11, 12);
        Assert.Equal(Limit.MaxPublishRate, Assert.Single(Host.Broker.Limits.All).Limit);
    }

    [Fact]
    public async Task Or_is_disconnected_when_the_options_say_so()
    {
        await StartAsync(options => (options.MaxPublishRate, options.PublishBurst, options.PublishRatePolicy) = (10, 5, PublishRatePolicy.Disconnect));
        var publisher = await ConnectAsync(ProtocolVersion.V500, "fast");
        await publisher.SendAsync([.. Enumerable.Range(0, 6).Select(i => (object)Message("t", $"{i}"))]);
        await publisher.ExpectClosedAsync(ReasonCode.MessageRateTooHigh);
    }

    private static async Task ExpectAsync(RawClient subscriber, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            await subscriber.ExpectMessageAsync("t", $"{i}");
        }
    }

    private async Task<RawClient> WebSocketClientAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        await socket.ConnectAsync(Host.WebSocketAddress, CancellationToken.None);
        return new RawClient(WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(1)), ProtocolVersion.V311);
    }
}
