using Dashboard.Broker.Connections;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Connections;

/// <summary>What TCP does to a stream of bytes, over the broker's own sockets and over Kestrel's pipes.</summary>
public sealed class TransportTests : BrokerTest
{
    private const ProtocolVersion V5 = ProtocolVersion.V500;

    public enum Way
    {
        OwnSockets,
        KestrelPipes,
    }

    public static TheoryData<Way> Ways => [Way.OwnSockets, Way.KestrelPipes];

    [Theory, MemberData(nameof(Ways))]
    public async Task Each_is_served_as_it_says(Way way)
    {
        await using var client = await ClientAsync(way, "any");
        var transport = Assert.Single(Host.Broker.Connections.Open).Transport;
        Assert.Equal(way == Way.KestrelPipes || !OperatingSystem.IsLinux(), transport is PipeTransport);
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task An_end_that_comes_together_with_the_last_bytes_is_seen(Way way)
    {
        for (var i = 0; i < 50; i++)
        {
            await using var client = await OpenAsync(way);
            await client.SendAsync(new ConnectPacket { ClientId = "brief" }, PacketType.PingReq);
            client.FinishSending();

            await client.ExpectAsync<ConnAckPacket>();
            Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
            await client.ExpectClosedAsync();
        }
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_packet_of_many_reads_arrives_as_it_was_and_so_does_what_follows(Way way)
    {
        var subscriber = await ClientAsync(way, "subscriber");
        await subscriber.SubscribeAsync("large");
        var publisher = await ClientAsync(way, "publisher");
        var chance = new Random(1);
        var payload = new byte[3_000_000];
        chance.NextBytes(payload);
        byte[] bytes = [.. Wire.Encode(V5, new PublishPacket { Topic = "large", Payload = payload }), .. Wire.Encode(V5, Message("large", "small"))];
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(chance.Next(1, 150_000), bytes.Length - at);
            await publisher.SendBytesAsync(bytes.AsMemory(at, length));
            at += length;
        }

        Assert.Equal(payload, (await subscriber.ExpectAsync<PublishPacket>()).Payload);
        await subscriber.ExpectMessageAsync("large", "small");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_reads_late_gets_everything_that_did_not_fit_into_the_systems_buffers(Way way)
    {
        var (subscriber, sent) = await FullSubscriberAsync(way);
        for (var i = 0; i < sent; i++)
        {
            var message = await subscriber.ExpectAsync<PublishPacket>();
            Assert.Equal(Payload(i), message.Payload);
        }

        await subscriber.ExpectNothingAsync();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_vanishes_while_much_waits_for_it_leaves_nothing_behind(Way way)
    {
        var (subscriber, _) = await FullSubscriberAsync(way);

        subscriber.Abort();

        await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => $"{Host.Broker.Connections.Count} connections are left");
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task Who_never_reads_is_closed_all_the_same(Way way)
    {
        var (subscriber, _) = await FullSubscriberAsync(way);
        await using var successor = await ClientAsync(way, "subscriber");

        await Eventually.Holds(() => Host.Broker.Connections.Count == 2, () => $"{Host.Broker.Connections.Count} connections are left");
        subscriber.Abort();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task A_client_that_is_held_back_still_makes_room_for_its_successor(Way way)
    {
        await StartAsync(options => (options.MaxPublishRate, options.PublishBurst) = (1, 1));
        var held = await ClientAsync(way, "held");
        await held.SendAsync(Message("t"), Message("t"), Message("t"), PacketType.PingReq);
        await Eventually.Holds(() => Host.Broker.Limits.All.Any(hit => hit.Limit == Limit.MaxPublishRate), () => "it is not held back");

        await using var successor = await ClientAsync(way, "held");

        await held.ExpectClosedAsync(ReasonCode.SessionTakenOver);
        await successor.ExpectNothingAsync();
    }

    [Theory, MemberData(nameof(Ways))]
    public async Task What_a_held_back_client_said_before_it_left_is_heard_in_its_time(Way way)
    {
        await StartAsync(options => (options.MaxPublishRate, options.PublishBurst) = (1, 1));
        var subscriber = await ClientAsync(way, "subscriber");
        await subscriber.SubscribeAsync("t");
        var held = await ClientAsync(way, "held");
        await held.SendAsync(Message("t", "0"), Message("t", "1"), Message("t", "2"));
        held.FinishSending();
        await subscriber.ExpectMessageAsync("t", "0");
        for (var i = 1; i < 3; i++)
        {
            await subscriber.ExpectNothingAsync();
            Host.Pass(TimeSpan.FromSeconds(1));
            await subscriber.ExpectMessageAsync("t", $"{i}");
        }

        await held.ExpectClosedAsync();
    }

    private static byte[] Payload(int number)
    {
        var payload = new byte[16_000];
        new Random(number).NextBytes(payload);
        return payload;
    }

    /// <summary>A subscriber that read nothing of what was sent to it, more than the system holds for it.</summary>
    private async Task<(RawClient Subscriber, int Sent)> FullSubscriberAsync(Way way)
    {
        var subscriber = await ClientAsync(way, "subscriber");
        await subscriber.SubscribeAsync("t");
        var publisher = await ClientAsync(way, "publisher");
        var sent = 0;
        var connection = Host.Broker.Connections.Open.Single(open => open.ClientId == "subscriber");
        while (connection.OutboxBytes < 2_000_000)
        {
            await publisher.PublishAsync(new PublishPacket { Topic = "t", Payload = Payload(sent++) });
            Assert.InRange(sent, 1, 2_000);
        }

        return (subscriber, sent);
    }

    private async Task<RawClient> OpenAsync(Way way)
    {
        if (!HasHost)
        {
            await StartAsync();
        }

        return Keep(await RawClient.OpenAsync(way == Way.OwnSockets ? Host.TcpPort : Host.PipePort, V5));
    }

    private async Task<RawClient> ClientAsync(Way way, string clientId)
    {
        var client = await OpenAsync(way);
        await client.ConnectAsync(new ConnectPacket { ClientId = clientId });
        return client;
    }
}
