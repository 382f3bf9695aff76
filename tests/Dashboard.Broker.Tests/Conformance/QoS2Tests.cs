using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class QoS2Tests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-4.3.3-1", "MQTT-4.3.3-2")]
    [Statement("5.0", "MQTT-4.3.3-2", "MQTT-4.3.3-4", "MQTT-4.3.3-8", "MQTT-4.3.3-11", "MQTT-3.6.2-1", "MQTT-3.7.2-1")]
    public async Task A_message_passes_through_both_handshakes(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.SendAsync(Message("a", "2", ExactlyOnce) with { PacketId = 300 });
        await publisher.ExpectAckAsync(PacketType.PubRec, 300);
        var message = await subscriber.ExpectMessageAsync("a", "2");
        Assert.Equal((ExactlyOnce, false), (message.QoS, message.Dup));
        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 300));
        await publisher.ExpectAckAsync(PacketType.PubComp, 300);
        await subscriber.AcknowledgeAsync(message);
        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.3.3-2")]
    [Statement("5.0", "MQTT-4.3.3-10", "MQTT-4.3.3-12")]
    public async Task A_publish_sent_again_before_its_release_is_acknowledged_and_not_passed_on(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a");
        var publisher = await ConnectAsync(version);
        foreach (var dup in new[] { false, true, false })
        {
            await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1, Dup = dup });
            await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        }

        await subscriber.ExpectMessageAsync("a", "once");
        await subscriber.ExpectNothingAsync();

        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 1));
        await publisher.ExpectAckAsync(PacketType.PubComp, 1);
        await publisher.SendAsync(Message("a", "new", ExactlyOnce) with { PacketId = 1, Dup = true });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        Assert.False((await subscriber.ExpectMessageAsync("a", "new")).Dup);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.3.3-2")]
    [Statement("5.0", "MQTT-4.3.3-10")]
    public async Task Exactly_once_holds_through_a_reconnect_of_the_publisher(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a");
        var publisher = await ConnectAsync(Continuing(version, "p"));
        await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1 });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        publisher.Abort();
        await UntilGoneAsync("p");

        var again = await ConnectAsync(Continuing(version, "p"));
        await again.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1, Dup = true });
        await again.ExpectAckAsync(PacketType.PubRec, 1);
        await again.SendAsync(new AckPacket(PacketType.PubRel, 1));
        await again.ExpectAckAsync(PacketType.PubComp, 1);
        await subscriber.ExpectMessageAsync("a", "once");
        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.3.3-1", "MQTT-4.4.0-1")]
    [Statement("5.0", "MQTT-4.3.3-3", "MQTT-4.3.3-5", "MQTT-4.3.3-6", "MQTT-4.4.0-1")]
    public async Task After_a_reconnect_publish_or_pubrel_is_sent_again_as_far_as_the_handshake_had_come(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        var sent = new List<PublishPacket>();
        for (var i = 0; i < 3; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", ExactlyOnce));
            sent.Add(await subscriber.ExpectMessageAsync("a", $"{i}"));
        }

        await subscriber.AcknowledgeAsync(sent[0]);
        await subscriber.SendAsync(new AckPacket(PacketType.PubRec, sent[1].PacketId));
        await subscriber.ExpectAckAsync(PacketType.PubRel, sent[1].PacketId);
        await subscriber.ExpectNothingAsync();

        for (var round = 0; round < 2; round++)
        {
            subscriber.Abort();
            await UntilGoneAsync("s");
            subscriber = await ConnectAsync(Continuing(version, "s"));
            await subscriber.ExpectAckAsync(PacketType.PubRel, sent[1].PacketId);
            var message = await subscriber.ExpectMessageAsync("a", "2");
            Assert.Equal((true, sent[2].PacketId), (message.Dup, message.PacketId));
            await subscriber.ExpectNothingAsync();
        }

        await subscriber.SendAsync(new AckPacket(PacketType.PubComp, sent[1].PacketId));
        await subscriber.AcknowledgeAsync(sent[2]);
        await subscriber.ExpectNothingAsync();
        subscriber.Abort();
        await UntilGoneAsync("s");
        subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task A_second_pubrec_is_answered_with_pubrel_again(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", qos: ExactlyOnce));
        var message = await subscriber.ExpectAsync<PublishPacket>();
        for (var i = 0; i < 2; i++)
        {
            await subscriber.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
            await subscriber.ExpectAckAsync(PacketType.PubRel, message.PacketId);
        }
    }

    [Theory, Versions]
    public async Task Releasing_an_unknown_identifier_is_completed_with_not_found(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SendAsync(new AckPacket(PacketType.PubRel, 77));
        await client.ExpectAckAsync(PacketType.PubComp, 77, ReasonCode.PacketIdentifierNotFound);
        await client.SendAsync(new AckPacket(PacketType.PubRec, 78));
        await client.ExpectAckAsync(PacketType.PubRel, 78, ReasonCode.PacketIdentifierNotFound);
    }

    [Fact]
    [Statement("5.0", "MQTT-4.3.3-9")]
    public async Task An_identifier_whose_message_was_refused_is_free_at_once()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < 2; i++)
        {
            await client.SendAsync(Message("$SYS/x", qos: ExactlyOnce) with { PacketId = 4 });
            await client.ExpectAckAsync(PacketType.PubRec, 4, ReasonCode.NotAuthorized);
        }

        await client.SendAsync(new AckPacket(PacketType.PubRel, 4));
        await client.ExpectAckAsync(PacketType.PubComp, 4, ReasonCode.PacketIdentifierNotFound);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.6.0-3", "MQTT-4.6.0-4")]
    [Statement("5.0", "MQTT-4.6.0-3", "MQTT-4.6.0-4")]
    public async Task Pubrec_and_pubrel_come_in_the_order_of_what_they_answer(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.SendAsync([.. Enumerable.Range(1, 20).Select(i => Message("a", qos: ExactlyOnce) with { PacketId = (ushort)(100 - i) })]);
        var ids = new List<ushort>();
        for (var i = 1; i <= 20; i++)
        {
            await publisher.ExpectAckAsync(PacketType.PubRec, (ushort)(100 - i));
            ids.Add((await subscriber.ExpectAsync<PublishPacket>()).PacketId);
        }

        ids.Reverse();
        await subscriber.SendAsync([.. ids.Select(id => new AckPacket(PacketType.PubRec, id))]);
        foreach (var id in ids)
        {
            await subscriber.ExpectAckAsync(PacketType.PubRel, id);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Statement("5.0", "MQTT-4.3.3-7", "MQTT-4.3.3-13")]
    public async Task Expiry_does_not_end_a_handshake_that_has_begun(bool isReceived)
    {
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", qos: ExactlyOnce, properties: new Properties { MessageExpiryInterval = 5 }));
        var message = await subscriber.ExpectAsync<PublishPacket>();
        if (isReceived)
        {
            await subscriber.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
            await subscriber.ExpectAckAsync(PacketType.PubRel, message.PacketId);
        }

        subscriber.Abort();
        await UntilGoneAsync("s");
        Host.Pass(TimeSpan.FromSeconds(60));
        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        if (isReceived)
        {
            await again.ExpectAckAsync(PacketType.PubRel, message.PacketId);
        }
        else
        {
            Assert.Equal(message.PacketId, (await again.ExpectAsync<PublishPacket>()).PacketId);
        }
    }
}
