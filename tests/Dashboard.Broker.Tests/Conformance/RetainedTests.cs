using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class RetainedTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.3.1-5", "MQTT-3.3.1-6", "MQTT-3.3.1-7", "MQTT-3.3.1-8", "MQTT-3.3.1-9")]
    [Statement("5.0", "MQTT-3.3.1-5", "MQTT-3.3.1-9")]
    public async Task The_last_retained_message_comes_with_a_new_subscription_and_is_marked(ProtocolVersion version)
    {
        var early = await ConnectAsync(version);
        await early.SubscribeAsync("a/b", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        foreach (var qos in Enum.GetValues<QualityOfService>())
        {
            await publisher.PublishAsync(Message("a/b", $"{qos}", qos, retain: true));
            var live = await early.ExpectMessageAsync("a/b", $"{qos}");
            Assert.False(live.Retain);
            await early.AcknowledgeAsync(live);

            var late = await ConnectAsync(version);
            await late.SubscribeAsync("a/+", ExactlyOnce);
            var message = await late.ExpectMessageAsync("a/b", $"{qos}");
            Assert.Equal((true, qos, false), (message.Retain, message.QoS, message.Dup));
            await late.AcknowledgeAsync(message);
            await late.ExpectNothingAsync();
        }
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.1-10", "MQTT-3.3.1-11")]
    [Statement("5.0", "MQTT-3.3.1-6", "MQTT-3.3.1-7")]
    public async Task An_empty_payload_clears_it_and_is_passed_on_as_any_message(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.PublishAsync(Message("a", retain: true));
        var early = await ConnectAsync(version);
        await early.SubscribeAsync("a");
        await early.ExpectMessageAsync("a", "hi");
        await client.PublishAsync(Message("a", "", retain: true));
        Assert.False((await early.ExpectMessageAsync("a", "")).Retain);
        Assert.Equal(0, Host.Broker.RetainedCount);
        var late = await ConnectAsync(version);
        await late.SubscribeAsync("a");
        await late.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.1-12")]
    [Statement("5.0", "MQTT-3.3.1-8")]
    public async Task A_message_without_the_flag_leaves_the_store_alone(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.PublishAsync(Message("a", "kept", retain: true));
        await client.PublishAsync(Message("a", "passing"));
        await client.PublishAsync(Message("a", ""));
        await client.PublishAsync(Message("b", "passing"));
        Assert.Equal(1, Host.Broker.RetainedCount);
        await client.SubscribeAsync("#");
        await client.ExpectMessageAsync("a", "kept");
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.8.4-3")]
    [Statement("5.0", "MQTT-3.8.4-4", "MQTT-3.3.1-9")]
    public async Task Subscribing_again_sends_it_again(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.PublishAsync(Message("a", retain: true));
        for (var i = 0; i < 2; i++)
        {
            await client.SubscribeAsync("a");
            Assert.True((await client.ExpectMessageAsync("a", "hi")).Retain);
        }
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.1-10", "MQTT-3.3.1-11")]
    public async Task Retain_handling_decides_when_it_comes()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.PublishAsync(Message("a", retain: true));
        await client.SubscribeAsync([new("a", RetainHandling: RetainHandling.DoNotSend)]);
        await client.ExpectNothingAsync();
        await client.SubscribeAsync([new("a", RetainHandling: RetainHandling.SendAtSubscribeIfNew)]);
        await client.ExpectNothingAsync();
        await client.UnsubscribeAsync("a");
        await client.SubscribeAsync([new("a", RetainHandling: RetainHandling.SendAtSubscribeIfNew)]);
        await client.ExpectMessageAsync("a", "hi");
        await client.SubscribeAsync([new("a")]);
        await client.ExpectMessageAsync("a", "hi");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task Subscription_identifiers_come_with_retained_messages_too()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.PublishAsync(Message("a", retain: true));
        await client.SubscribeAsync([new("#")], new Properties { SubscriptionIdentifiers = [5] });
        Assert.Equal([5u], (await client.ExpectMessageAsync("a", "hi")).Properties?.SubscriptionIdentifiers);
    }

    [Theory]
    [InlineData("sport/#", "sport,sport/,sport/tennis,sport/tennis/1")]
    [InlineData("sport/+", "sport/,sport/tennis")]
    [InlineData("+", "sport,sports,sport!")]
    [InlineData("+/tennis", "sport/tennis")]
    [InlineData("#", "sport,sport!,sport/,sport/tennis,sport/tennis/1,sports,/x")]
    [InlineData("/#", "/x")]
    [InlineData("$other/#", "$other/x")]
    [InlineData("sport/tennis", "sport/tennis")]
    public async Task A_subscription_gets_exactly_the_retained_messages_that_it_matches(string filter, string topics)
    {
        var client = await ConnectAsync(ProtocolVersion.V311);
        foreach (var topic in new[] { "sport", "sport!", "sport/", "sport/tennis", "sport/tennis/1", "sports", "/x", "$other/x" })
        {
            await client.PublishAsync(Message(topic, retain: true));
        }

        await client.SendAsync(new SubscribePacket(1, [new(filter)]), PacketType.PingReq);
        await client.ExpectAsync<SubAckPacket>();
        var received = new List<string>();
        while (await client.ReceiveAsync() is PublishPacket message)
        {
            received.Add(message.Topic);
        }

        Assert.Equal(topics.Split(',').Order(StringComparer.Ordinal), received.Order(StringComparer.Ordinal));
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-7")]
    public async Task Retained_messages_outlive_the_session_of_their_publisher(ProtocolVersion version)
    {
        var publisher = await ConnectAsync(version, "p");
        await publisher.PublishAsync(Message("a", retain: true));
        await publisher.DisconnectAsync();
        var client = await ConnectAsync(version);
        await client.SubscribeAsync("a");
        await client.ExpectMessageAsync("a", "hi");
    }

    [Fact]
    public async Task A_large_store_is_replayed_in_whole_to_a_subscriber_that_acknowledges_slowly()
    {
        await StartAsync(options => options.MaxInflight = 10);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < 100; i++)
        {
            await publisher.PublishAsync(Message($"big/{i:D3}", qos: AtLeastOnce, retain: true));
        }

        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync("big/#", AtLeastOnce);
        for (var i = 0; i < 100; i++)
        {
            await client.AcknowledgeAsync(await client.ExpectMessageAsync($"big/{i:D3}", "hi"));
        }

        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task A_full_store_refuses_one_more_topic(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxRetainedMessages = 1);
        var client = await ConnectAsync(version);
        await client.PublishAsync(Message("a", "1", retain: true));
        var expected = version == ProtocolVersion.V500 ? ReasonCode.QuotaExceeded : ReasonCode.Success;
        Assert.Equal(expected, await client.PublishAsync(Message("b", qos: AtLeastOnce, retain: true)));
        await client.PublishAsync(Message("a", "2", retain: true));
        await client.SubscribeAsync("#");
        await client.ExpectMessageAsync("a", "2");
        await client.ExpectNothingAsync();
    }
}
