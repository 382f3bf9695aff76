using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class PublishTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-2.3.1-5", "MQTT-4.3.1-1", "MQTT-3.3.4-1")]
    [Statement("5.0", "MQTT-2.2.1-2", "MQTT-4.3.1-1", "MQTT-3.3.4-1")]
    public async Task A_qos_0_message_reaches_all_versions_and_is_not_answered(ProtocolVersion version)
    {
        var subscribers = new List<RawClient>();
        foreach (var other in new[] { ProtocolVersion.V310, ProtocolVersion.V311, ProtocolVersion.V500 })
        {
            subscribers.Add(await ConnectAsync(other));
            await subscribers[^1].SubscribeAsync("a", ExactlyOnce);
        }

        var publisher = await ConnectAsync(version);
        await publisher.SendAsync(Message("a", "x"));
        foreach (var subscriber in subscribers)
        {
            var message = await subscriber.ExpectMessageAsync("a", "x");
            Assert.Equal((AtMostOnce, false, 0), (message.QoS, message.Dup, message.PacketId));
        }

        await publisher.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task An_empty_payload_is_a_message_like_any_other(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync("a");
        await client.SendAsync(Message("a", ""));
        await client.ExpectMessageAsync("a", "");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.6.0-5", "MQTT-4.6.0-6")]
    [Statement("5.0", "MQTT-4.6.0-5", "MQTT-4.6.0-6")]
    public async Task Messages_of_one_publisher_keep_their_order_at_each_qos(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("o", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.SendAsync([.. Enumerable.Range(1, 90).Select(i => Message("o", i.ToString("D2", null), (QualityOfService)(i % 3)) with { PacketId = (ushort)(i % 3 == 0 ? 0 : i) })]);
        var received = new List<PublishPacket>();
        while (received.Count < 90)
        {
            received.Add(await subscriber.ExpectAsync<PublishPacket>());
        }

        foreach (var qos in Enum.GetValues<QualityOfService>())
        {
            var payloads = received.Where(message => message.QoS == qos).Select(message => System.Text.Encoding.UTF8.GetString(message.Payload)).ToList();
            Assert.Equal(30, payloads.Count);
            Assert.Equal(payloads.Order(StringComparer.Ordinal), payloads);
        }
    }

    [Theory, Versions("$SYS/broker/version", "$SYS")]
    [Statement("3.1.1", "MQTT-3.3.5-2")]
    [Statement("5.0", "MQTT-3.4.2-1", "MQTT-3.5.2-1")]
    public async Task Nobody_but_the_server_publishes_into_its_own_topics(ProtocolVersion version, string topic)
    {
        var watcher = await ConnectAsync(version);
        await watcher.SubscribeAsync([new("$SYS/#")]);
        var client = await ConnectAsync(version);
        var expected = version == ProtocolVersion.V500 ? ReasonCode.NotAuthorized : ReasonCode.Success;
        Assert.Equal(ReasonCode.Success, await client.PublishAsync(Message(topic, retain: true)));
        Assert.Equal(expected, await client.PublishAsync(Message(topic, qos: AtLeastOnce, retain: true)));
        Assert.Equal(expected, await client.PublishAsync(Message(topic, qos: ExactlyOnce, retain: true)));
        await watcher.ExpectNothingAsync();
        Assert.Equal(0, Host.Broker.RetainedCount);
    }

    [Theory]
    [InlineData(ProtocolVersion.V310, AtMostOnce)]
    [InlineData(ProtocolVersion.V311, AtMostOnce)]
    [InlineData(ProtocolVersion.V311, AtLeastOnce)]
    [InlineData(ProtocolVersion.V311, ExactlyOnce)]
    [Statement("3.1.1", "MQTT-3.3.5-2")]
    public async Task A_refused_message_ends_the_connection_of_who_has_no_word_for_it_when_the_options_say_so(ProtocolVersion version, QualityOfService qos)
    {
        await StartAsync(options => options.RefusedPublishPolicy = RefusedPublishPolicy.Disconnect);
        var client = await ConnectAsync(version, "old");
        await client.SendAsync(Message("$SYS/broker/version", qos: qos) with { PacketId = 1 });
        await client.ExpectClosedAsync();
        await Eventually.Holds(() => Story().Any(one => one.Kind == ClientEventKind.Closed), () => "the end is told");
        Assert.Equal(
            "Closed: a message on $SYS/broker/version was refused: only the broker itself publishes there",
            Story().First(one => one.Kind == ClientEventKind.Closed).Message);

        var newer = await ConnectAsync(ProtocolVersion.V500, "new");
        Assert.Equal(ReasonCode.NotAuthorized, await newer.PublishAsync(Message("$SYS/broker/version", qos: AtLeastOnce)));
        Assert.Equal(1, Host.Service<ClientDirectory>().Find("new")!.Client.PublishesRefused);

        IReadOnlyList<ClientEvent> Story() => Host.Service<ClientEventLog>().Newest(100);
    }

    [Fact]
    public async Task Without_a_subscriber_mqtt_5_is_told_so()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await client.PublishAsync(Message("nobody", qos: AtLeastOnce)));
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await client.PublishAsync(Message("nobody", qos: ExactlyOnce)));
        await client.SubscribeAsync("somebody");
        await client.SendAsync(Message("somebody", qos: AtLeastOnce) with { PacketId = 99 });
        await client.ExpectAsync<PublishPacket>();
        await client.ExpectAckAsync(PacketType.PubAck, 99);
    }

    [Theory, Versions]
    public async Task A_topic_with_too_many_levels_is_refused(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxTopicLevels = 3);
        var client = await ConnectAsync(version);
        await client.SubscribeAsync("#");
        var expected = version == ProtocolVersion.V500 ? ReasonCode.TopicNameInvalid : ReasonCode.Success;
        Assert.Equal(expected, await client.PublishAsync(Message("a/b/c/d", qos: AtLeastOnce)));
        await client.SendAsync(Message("a/b/c"));
        await client.ExpectMessageAsync("a/b/c", "hi");
    }

    [Fact]
    public async Task A_payload_that_says_it_is_text_and_is_not_is_refused()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync("t");
        var wrong = new PublishPacket { Topic = "t", Payload = [0xFF], QoS = AtLeastOnce, Properties = new Properties { PayloadFormatIsUtf8 = true } };
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await client.PublishAsync(wrong));
        Assert.Equal(ReasonCode.PayloadFormatInvalid, await client.PublishAsync(wrong with { QoS = ExactlyOnce }));
        await client.PublishAsync(wrong with { QoS = AtMostOnce });
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task The_check_of_text_can_be_turned_off()
    {
        await StartAsync(options => options.CheckPayloadFormat = false);
        var client = await ConnectAsync(ProtocolVersion.V500);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await client.PublishAsync(new PublishPacket { Topic = "t", Payload = [0xFF], QoS = AtLeastOnce, Properties = new Properties { PayloadFormatIsUtf8 = true } }));
    }
}
