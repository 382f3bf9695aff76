using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class FlowControlTests : BrokerTest
{
    [Theory]
    [InlineData(AtLeastOnce)]
    [InlineData(ExactlyOnce)]
    [Statement("5.0", "MQTT-3.3.4-9", "MQTT-4.9.0-1", "MQTT-4.9.0-2")]
    public async Task No_more_than_the_clients_receive_maximum_is_sent_before_it_acknowledges(QualityOfService qos)
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { ReceiveMaximum = 2 });
        await subscriber.SubscribeAsync("a", qos);
        await PublishAsync(5, qos);
        var first = await subscriber.ExpectMessageAsync("a", "0");
        var second = await subscriber.ExpectMessageAsync("a", "1");
        await subscriber.ExpectNothingAsync();
        await subscriber.AcknowledgeAsync(second);
        await subscriber.AcknowledgeAsync(await subscriber.ExpectMessageAsync("a", "2"));
        await subscriber.ExpectMessageAsync("a", "3");
        await subscriber.ExpectNothingAsync();
        await subscriber.AcknowledgeAsync(first);
        await subscriber.ExpectMessageAsync("a", "4");
    }

    [Fact]
    public async Task A_pubrec_alone_makes_no_room()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { ReceiveMaximum = 1 });
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        await PublishAsync(2, ExactlyOnce);
        var message = await subscriber.ExpectMessageAsync("a", "0");
        await subscriber.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId));
        await subscriber.ExpectAckAsync(PacketType.PubRel, message.PacketId);
        await subscriber.ExpectNothingAsync();
        await subscriber.SendAsync(new AckPacket(PacketType.PubComp, message.PacketId));
        await subscriber.ExpectMessageAsync("a", "1");
    }

    [Fact]
    public async Task A_pubrec_that_refuses_makes_room()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { ReceiveMaximum = 1 });
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        await PublishAsync(2, ExactlyOnce);
        var message = await subscriber.ExpectMessageAsync("a", "0");
        await subscriber.SendAsync(new AckPacket(PacketType.PubRec, message.PacketId, ReasonCode.QuotaExceeded));
        await subscriber.ExpectMessageAsync("a", "1");
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.4-10", "MQTT-4.9.0-3")]
    public async Task Everything_else_flows_on_while_the_receive_maximum_is_reached()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { ReceiveMaximum = 1 });
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        await PublishAsync(2, AtLeastOnce);
        await subscriber.ExpectMessageAsync("a", "0");
        await PublishAsync(1, AtMostOnce);
        await subscriber.ExpectMessageAsync("a", "0");
        await subscriber.SubscribeAsync("b");
        await subscriber.UnsubscribeAsync("b");
        await subscriber.PublishAsync(Message("c", qos: ExactlyOnce));
        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task Before_mqtt_5_the_option_limits_what_is_in_flight(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxInflight = 1);
        var subscriber = await ConnectAsync(version, "s");
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        await PublishAsync(2, AtLeastOnce);
        var first = await subscriber.ExpectMessageAsync("a", "0");
        await subscriber.ExpectNothingAsync();
        await subscriber.AcknowledgeAsync(first);
        await subscriber.ExpectMessageAsync("a", "1");
    }

    [Theory]
    [InlineData(AtLeastOnce)]
    [InlineData(ExactlyOnce)]
    [Statement("5.0", "MQTT-3.3.4-9")]
    public async Task A_smaller_receive_maximum_after_a_reconnect_holds_for_what_is_sent_again(QualityOfService qos)
    {
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await subscriber.SubscribeAsync("a", qos);
        await PublishAsync(3, qos);
        await subscriber.ExpectMessageAsync("a", "0");
        subscriber.Abort();
        await UntilGoneAsync("s");
        await PublishAsync(1, qos);

        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "s") with { Properties = new Properties { SessionExpiryInterval = 100, ReceiveMaximum = 1 } });
        foreach (var (payload, dup) in new[] { ("0", true), ("1", true), ("2", true), ("0", false) })
        {
            var message = await again.ExpectMessageAsync("a", payload);
            Assert.Equal(dup, message.Dup);
            await again.ExpectNothingAsync();
            await again.AcknowledgeAsync(message);
        }

        await again.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.4-7", "MQTT-3.3.4-8")]
    public async Task A_client_that_exceeds_the_servers_receive_maximum_is_told_so()
    {
        await StartAsync(options => options.ReceiveMaximum = 2);
        var client = await ConnectAsync(ProtocolVersion.V500);
        Assert.Equal((ushort)2, client.ConnAck.Properties?.ReceiveMaximum);
        for (ushort id = 1; id <= 2; id++)
        {
            await client.SendAsync(Message("a", qos: ExactlyOnce) with { PacketId = id });
            await client.ExpectAckAsync(PacketType.PubRec, id, ReasonCode.NoMatchingSubscribers);
        }

        await client.ExpectNothingAsync();
        await client.SendAsync(Message("a", qos: ExactlyOnce) with { PacketId = 3 });
        await client.ExpectClosedAsync(ReasonCode.ReceiveMaximumExceeded);
    }

    [Theory]
    [InlineData(AtMostOnce)]
    [InlineData(AtLeastOnce)]
    [InlineData(ExactlyOnce)]
    [Statement("5.0", "MQTT-3.1.2-24", "MQTT-3.1.2-25")]
    public async Task A_message_too_large_for_the_client_is_left_out_and_the_session_goes_on(QualityOfService qos)
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { MaximumPacketSize = 100 });
        await subscriber.SubscribeAsync("a", qos);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        // 1 type, 1 length, 2 + 1 topic, 1 property length, and the packet identifier above QoS 0.
        var fits = new string('x', 100 - 6 - (qos == AtMostOnce ? 0 : 2));
        await publisher.PublishAsync(Message("a", fits + "y", qos));
        await publisher.PublishAsync(Message("a", fits, qos));
        await subscriber.AcknowledgeAsync(await subscriber.ExpectMessageAsync("a", fits));
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_waiting_or_unacknowledged_message_too_large_for_the_next_connection_is_left_out()
    {
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await subscriber.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", new string('1', 200), AtLeastOnce));
        await subscriber.ExpectAsync<PublishPacket>();
        subscriber.Abort();
        await UntilGoneAsync("s");
        await publisher.PublishAsync(Message("a", new string('2', 200), AtLeastOnce));
        await publisher.PublishAsync(Message("a", "small", AtLeastOnce));

        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "s") with { Properties = new Properties { SessionExpiryInterval = 100, MaximumPacketSize = 100, ReceiveMaximum = 1 } });
        await again.ExpectMessageAsync("a", "small");
        await again.ExpectNothingAsync();
    }

    private async Task PublishAsync(int count, QualityOfService qos)
    {
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < count; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", qos));
        }
    }
}
