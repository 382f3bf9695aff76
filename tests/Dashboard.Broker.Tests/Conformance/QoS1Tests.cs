using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class QoS1Tests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-2.3.1-6", "MQTT-4.3.2-1", "MQTT-4.3.2-2")]
    [Statement("5.0", "MQTT-2.2.1-5", "MQTT-4.3.2-1", "MQTT-4.3.2-2", "MQTT-4.3.2-4")]
    public async Task A_message_is_acknowledged_with_its_identifier_and_passed_on_with_another(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        await publisher.SendAsync(Message("a", "1", AtLeastOnce) with { PacketId = 65_535 });
        await publisher.ExpectAckAsync(PacketType.PubAck, 65_535);
        var message = await subscriber.ExpectMessageAsync("a", "1");
        Assert.Equal((AtLeastOnce, false), (message.QoS, message.Dup));
        Assert.NotEqual(0, message.PacketId);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-2.3.1-2", "MQTT-2.3.1-3", "MQTT-2.3.1-4")]
    [Statement("5.0", "MQTT-2.2.1-4", "MQTT-4.3.3-1")]
    public async Task Identifiers_in_use_are_not_given_again(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxInflight = 65_535);
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 200; i++)
        {
            await publisher.PublishAsync(Message("a", qos: i % 2 == 0 ? AtLeastOnce : ExactlyOnce));
        }

        var ids = new HashSet<ushort>();
        for (var i = 0; i < 200; i++)
        {
            Assert.True(ids.Add((await subscriber.ExpectAsync<PublishPacket>()).PacketId));
        }
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.1-3", "MQTT-4.3.2-2")]
    [Statement("5.0", "MQTT-3.3.1-3", "MQTT-4.3.2-5")]
    public async Task After_the_acknowledgement_the_same_identifier_is_a_new_message_whatever_its_dup_flag(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        foreach (var dup in new[] { false, true, true })
        {
            await publisher.SendAsync(Message("a", "x", AtLeastOnce) with { PacketId = 3, Dup = dup });
            await publisher.ExpectAckAsync(PacketType.PubAck, 3);
            var message = await subscriber.ExpectMessageAsync("a", "x");
            Assert.False(message.Dup);
            await subscriber.AcknowledgeAsync(message);
        }
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.1-1", "MQTT-4.4.0-1", "MQTT-4.6.0-1")]
    [Statement("5.0", "MQTT-3.3.1-1", "MQTT-4.3.2-3", "MQTT-4.4.0-1", "MQTT-4.6.0-1")]
    public async Task What_was_not_acknowledged_is_sent_again_on_reconnect_in_order_with_dup_and_its_identifier(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        var sent = new List<PublishPacket>();
        for (var i = 0; i < 5; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", AtLeastOnce));
            sent.Add(await subscriber.ExpectMessageAsync("a", $"{i}"));
        }

        await subscriber.AcknowledgeAsync(sent[1]);
        await subscriber.AcknowledgeAsync(sent[3]);
        await subscriber.ExpectNothingAsync();
        subscriber.Abort();
        await UntilGoneAsync("s");

        var again = await ConnectAsync(Continuing(version, "s"));
        Assert.True(again.ConnAck.SessionPresent);
        foreach (var i in new[] { 0, 2, 4 })
        {
            var message = await again.ExpectMessageAsync("a", $"{i}");
            Assert.Equal((true, sent[i].PacketId), (message.Dup, message.PacketId));
        }

        await again.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("5.0", "MQTT-4.4.0-1")]
    public async Task Nothing_is_sent_again_while_the_connection_lasts(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", qos: AtLeastOnce));
        await subscriber.ExpectAsync<PublishPacket>();
        Host.Pass(TimeSpan.FromHours(1));
        await subscriber.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(AtLeastOnce, PacketType.PubAck)]
    [InlineData(ExactlyOnce, PacketType.PubRec)]
    [Statement("5.0", "MQTT-4.4.0-2")]
    public async Task A_message_that_the_client_refuses_is_done_with(QualityOfService qos, PacketType answer)
    {
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await subscriber.SubscribeAsync("a", qos);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", qos: qos));
        var message = await subscriber.ExpectAsync<PublishPacket>();
        await subscriber.SendAsync(new AckPacket(answer, message.PacketId, ReasonCode.ImplementationSpecificError));
        await subscriber.ExpectNothingAsync();
        subscriber.Abort();
        await UntilGoneAsync("s");
        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await again.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task An_acknowledgement_that_nobody_waits_for_is_harmless(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SendAsync(new AckPacket(PacketType.PubAck, 7), new AckPacket(PacketType.PubComp, 8));
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.6.0-2")]
    [Statement("5.0", "MQTT-4.6.0-2")]
    public async Task Acknowledgements_come_in_the_order_of_the_messages(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SendAsync([.. Enumerable.Range(1, 50).Select(i => Message("a", qos: AtLeastOnce) with { PacketId = (ushort)(i * 7) })]);
        for (var i = 1; i <= 50; i++)
        {
            await client.ExpectAckAsync(PacketType.PubAck, (ushort)(i * 7), ReasonCode.NoMatchingSubscribers);
        }
    }
}
