using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class DisconnectTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    public async Task The_server_closes_after_a_clients_disconnect(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.DisconnectAsync();
    }

    [Theory, Versions]
    public async Task What_follows_a_disconnect_is_not_processed(ProtocolVersion version)
    {
        var watcher = await ConnectAsync(version);
        await watcher.SubscribeAsync("#");
        var client = await ConnectAsync(version);
        await client.SendAsync(Message("before"), new DisconnectPacket(), Message("after"));
        await client.ExpectClosedAsync();
        await watcher.ExpectMessageAsync("before", "hi");
        await watcher.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.14.0-1", "MQTT-3.14.4-2")]
    public async Task The_server_closes_after_its_own_disconnect_without_the_clients_help()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SendBytesAsync(new byte[] { 0xD0, 0x00 });
        Assert.Equal(ReasonCode.ProtocolError, (await client.ExpectAsync<DisconnectPacket>()).Reason);
        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.14.4-1")]
    public async Task Nothing_follows_the_servers_disconnect_however_much_is_published()
    {
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        using var stop = new CancellationTokenSource();
        var flood = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await publisher.PublishAsync(Message("flood", new string('f', 500)));
                await publisher.PublishAsync(Message("flood", "1", AtLeastOnce));
            }
        });
        for (var i = 0; i < 20; i++)
        {
            var client = await ConnectAsync(ProtocolVersion.V500);
            await client.SubscribeAsync("flood", AtLeastOnce);
            await client.ExpectAsync<PublishPacket>();
            await client.SendBytesAsync(new byte[] { 0xD0, 0x00 });
            object? packet;
            do
            {
                packet = await client.ReceiveAsync();
            }
            while (packet is PublishPacket);
            Assert.IsType<DisconnectPacket>(packet);
            client.FinishSending();
            await client.ExpectClosedAsync();
        }

        await stop.CancelAsync();
        await flood;
    }

    [Theory, Versions]
    public async Task A_server_that_stops_says_so(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        var stopping = Host.StopAsync();
        await client.ExpectClosedAsync(ReasonCode.ServerShuttingDown);
        await stopping;
    }

    [Theory, Versions]
    public async Task A_client_that_is_disconnected_on_the_dashboard_is_told_so(ProtocolVersion version)
    {
        var client = await ConnectAsync(version, "c");
        Assert.True(Host.Broker.Disconnect("c"));
        await client.ExpectClosedAsync(ReasonCode.AdministrativeAction);
        await UntilGoneAsync("c");
        Assert.False(Host.Broker.Disconnect("c"));
    }

    [Theory, Versions]
    public async Task A_session_that_is_cleared_on_the_dashboard_is_gone(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "c"));
        await client.SubscribeAsync("a");
        Assert.True(Host.Broker.ClearSession("c"));
        await client.ExpectClosedAsync(ReasonCode.AdministrativeAction);
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
    }
}
