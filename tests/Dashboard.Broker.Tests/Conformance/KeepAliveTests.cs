using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class KeepAliveTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.2-24")]
    [Statement("5.0", "MQTT-3.1.2-22", "MQTT-3.2.2-22")]
    public async Task Silence_for_more_than_one_and_a_half_times_the_keep_alive_closes_the_connection(ProtocolVersion version)
    {
        var client = await ConnectAsync(new ConnectPacket { Version = version, ClientId = "c", KeepAlive = 10 });
        Host.Pass(TimeSpan.FromSeconds(15));
        await client.ExpectNothingAsync();
        Host.Pass(TimeSpan.FromSeconds(15.1));
        await client.ExpectClosedAsync(ReasonCode.KeepAliveTimeout);
    }

    [Theory, Versions]
    public async Task Any_packet_counts_as_a_sign_of_life(ProtocolVersion version)
    {
        var client = await ConnectAsync(new ConnectPacket { Version = version, ClientId = "c", KeepAlive = 10 });
        object[] packets = [Message("a"), new AckPacket(PacketType.PubAck, 1), new SubscribePacket(1, [new("b")]), PacketType.PingReq];
        foreach (var packet in packets)
        {
            Host.Pass(TimeSpan.FromSeconds(14));
            var before = Host.Broker.Connections.Total.PacketsReceived;
            await client.SendAsync(packet);
            await Eventually.Holds(() => Host.Broker.Connections.Total.PacketsReceived > before, () => "the packet was not seen");
        }

        await client.ExpectAsync<SubAckPacket>();
        Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
    }

    [Theory, Versions]
    public async Task What_the_server_sends_is_no_sign_of_life_of_the_client(ProtocolVersion version)
    {
        var client = await ConnectAsync(new ConnectPacket { Version = version, ClientId = "c", KeepAlive = 10 });
        await client.SubscribeAsync("a");
        Host.Pass(TimeSpan.FromSeconds(10));
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a"));
        await client.ExpectMessageAsync("a", "hi");
        Host.Pass(TimeSpan.FromSeconds(6));
        await client.ExpectClosedAsync(ReasonCode.KeepAliveTimeout);
    }

    [Theory, Versions]
    public async Task A_keep_alive_of_zero_means_never(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        Host.Pass(TimeSpan.FromDays(1));
        await client.ExpectNothingAsync();
    }

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.12.4-1")]
    [Statement("5.0", "MQTT-3.12.4-1")]
    public async Task A_ping_is_answered(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SendAsync(PacketType.PingReq, PacketType.PingReq);
        Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
        Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
    }
}
