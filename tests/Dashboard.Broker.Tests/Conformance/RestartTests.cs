using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>What a restart of the broker must not change.</summary>
public sealed class RestartTests : BrokerTest
{
    protected override StorageKind Storage => StorageKind.Sqlite;

    [Theory, Versions]
    public async Task A_kept_session_has_its_subscriptions_and_its_queue_in_order(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "s"));
        await client.SubscribeAsync([new("a/#", ExactlyOnce), new("b")]);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 20; i++)
        {
            await publisher.PublishAsync(Message("a/b", $"{i}", i % 2 == 0 ? AtLeastOnce : ExactlyOnce));
        }

        await RestartAsync();
        client = await ConnectAsync(Continuing(version, "s"));
        Assert.True(client.ConnAck.SessionPresent);
        for (var i = 0; i < 20; i++)
        {
            await client.ExpectMessageAsync("a/b", $"{i}");
        }

        await client.SendAsync(Message("b", "live"));
        await client.ExpectMessageAsync("b", "live");
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task What_is_in_flight_is_sent_again_with_its_identifier_as_far_as_it_had_come(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "s"));
        await client.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        var sent = new List<PublishPacket>();
        foreach (var qos in new[] { ExactlyOnce, AtLeastOnce, ExactlyOnce })
        {
            await publisher.PublishAsync(Message("a", $"{sent.Count}", qos));
            sent.Add(await client.ExpectMessageAsync("a", $"{sent.Count}"));
        }

        await client.SendAsync(new AckPacket(PacketType.PubRec, sent[0].PacketId));
        await client.ExpectAckAsync(PacketType.PubRel, sent[0].PacketId);
        await RestartAsync();

        client = await ConnectAsync(Continuing(version, "s"));
        await client.ExpectAckAsync(PacketType.PubRel, sent[0].PacketId);
        foreach (var before in sent[1..])
        {
            var message = await client.ExpectAsync<PublishPacket>();
            Assert.Equal((true, before.PacketId, before.QoS), (message.Dup, message.PacketId, message.QoS));
            Assert.Equal(before.Payload, message.Payload);
        }

        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task Exactly_once_holds_for_a_publisher_that_sends_again(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        await subscriber.DisconnectAsync();
        var publisher = await ConnectAsync(Continuing(version, "p"));
        await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1 });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        await RestartAsync();

        publisher = await ConnectAsync(Continuing(version, "p"));
        await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1, Dup = true });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 1));
        await publisher.ExpectAckAsync(PacketType.PubComp, 1);
        subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.AcknowledgeAsync(await subscriber.ExpectMessageAsync("a", "once"));
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task Retained_messages_keep_their_qos_properties_and_clock()
    {
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", "kept", ExactlyOnce, retain: true, new Properties { MessageExpiryInterval = 100, ContentType = "x" }));
        await publisher.PublishAsync(Message("b", "cleared", retain: true));
        await publisher.PublishAsync(Message("b", "", retain: true));
        await publisher.PublishAsync(Message("c", "short", retain: true, properties: new Properties { MessageExpiryInterval = 10 }));
        Host.Pass(TimeSpan.FromSeconds(20));
        await RestartAsync();

        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync("#", ExactlyOnce);
        var message = await client.ExpectMessageAsync("a", "kept");
        Assert.Equal((true, ExactlyOnce, 80u, "x"), (message.Retain, message.QoS, message.Properties?.MessageExpiryInterval, message.Properties?.ContentType));
        await client.AcknowledgeAsync(message);
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_clock_of_a_session_goes_on()
    {
        foreach (var (id, expiry) in new[] { ("short", 10u), ("long", 100u) })
        {
            var client = await ConnectAsync(Continuing(ProtocolVersion.V500, id, expiry));
            await client.DisconnectAsync();
            await UntilGoneAsync(id);
        }

        await RestartAsync();
        Host.Pass(TimeSpan.FromSeconds(20));
        Assert.False((await ConnectAsync(Continuing(ProtocolVersion.V500, "short"))).ConnAck.SessionPresent);
        Assert.True((await ConnectAsync(Continuing(ProtocolVersion.V500, "long"))).ConnAck.SessionPresent);
    }

    [Theory, Versions]
    public async Task A_session_that_ended_with_its_connection_does_not_come_back(ProtocolVersion version)
    {
        var client = await ConnectAsync(version, "s");
        await client.SubscribeAsync("a", AtLeastOnce);
        await RestartAsync();
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
    }

    [Fact]
    public async Task A_retained_message_on_a_topic_that_begins_with_a_dollar_is_still_there()
    {
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("$foo/bar", "kept", AtLeastOnce) with { Retain = true });

        await RestartAsync();

        var subscriber = await ConnectAsync(ProtocolVersion.V500);
        await subscriber.SubscribeAsync("$foo/#", AtLeastOnce);
        await subscriber.ExpectMessageAsync("$foo/bar", "kept");
    }
}
