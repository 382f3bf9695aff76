using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class SubscribeTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-2.3.1-7", "MQTT-3.8.4-1", "MQTT-3.8.4-2", "MQTT-3.8.4-4", "MQTT-3.8.4-5", "MQTT-3.9.3-1", "MQTT-3.9.3-2")]
    [Statement("5.0", "MQTT-2.2.1-6", "MQTT-3.8.4-1", "MQTT-3.8.4-2", "MQTT-3.8.4-5", "MQTT-3.8.4-6", "MQTT-3.8.4-7", "MQTT-3.9.3-1", "MQTT-3.9.3-2")]
    public async Task One_suback_answers_all_filters_in_their_order(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        var answer = await client.SubscribeAsync([new("c", ExactlyOnce), new("a/#/b", AtLeastOnce), new("b"), new("a+", ExactlyOnce), new("a", AtLeastOnce)]);
        var failed = version == ProtocolVersion.V500 ? ReasonCode.TopicFilterInvalid : ReasonCode.UnspecifiedError;
        Assert.Equal([ReasonCode.GrantedQoS2, failed, ReasonCode.Success, failed, ReasonCode.GrantedQoS1], answer.Reasons);
    }

    [Theory]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/ranking", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player1/score/wimbledon", true)]
    [InlineData("sport/tennis/player1/#", "sport/tennis/player10", false)]
    [InlineData("sport/#", "sport", true)]
    [InlineData("sport/#", "sports", false)]
    [InlineData("#", "any/topic/at/all", true)]
    [InlineData("#", "/", true)]
    [InlineData("sport/+", "sport", false)]
    [InlineData("sport/+", "sport/", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1", true)]
    [InlineData("sport/tennis/+", "sport/tennis/player1/ranking", false)]
    [InlineData("+", "a", true)]
    [InlineData("+", "/finance", false)]
    [InlineData("+/+", "/finance", true)]
    [InlineData("/+", "/finance", true)]
    [InlineData("+/tennis/#", "sport/tennis", true)]
    [InlineData("sport/+/player1", "sport/tennis/player1", true)]
    [InlineData("sport/+/#", "sport/tennis", true)]
    [InlineData("sport/+/#", "sport", false)]
    [InlineData("a/+/b", "a//b", true)]
    [InlineData("a//b", "a//b", true)]
    [InlineData("a//b", "a/b", false)]
    [InlineData("+//+", "a//b", true)]
    [InlineData("/#", "/", true)]
    [InlineData("/#", "a/", false)]
    [InlineData("a/b", "A/b", false)]
    [InlineData("a b/c", "a b/c", true)]
    [InlineData("ä", "a\u0308", false)]
    [InlineData("\uFEFFa", "\uFEFFa", true)]
    [InlineData("\uFEFFa", "a", false)]
    [InlineData("$SYS/#", "$SYS/x", false)]
    [InlineData("#", "$other/x", false)]
    [InlineData("+/x", "$other/x", false)]
    [InlineData("$other/#", "$other/x", true)]
    [InlineData("$other/+", "$other/x", true)]
    [InlineData("a/#", "a/$x", true)]
    [InlineData("a/+", "a/$x", true)]
    [Statement("3.1.1", "MQTT-1.5.3-3", "MQTT-3.3.2-3", "MQTT-3.8.3-2", "MQTT-4.7.1-2", "MQTT-4.7.1-3", "MQTT-4.7.2-1", "MQTT-4.7.3-4")]
    [Statement("5.0", "MQTT-1.5.4-3", "MQTT-3.3.2-3", "MQTT-4.7.2-1", "MQTT-4.7.3-4")]
    public async Task A_filter_reaches_exactly_the_topics_that_it_describes(string filter, string topic, bool reaches)
    {
        foreach (var version in new[] { ProtocolVersion.V311, ProtocolVersion.V500 })
        {
            var client = await ConnectAsync(version);
            await client.SubscribeAsync(filter);
            await client.SendAsync(Message(topic));
            if (reaches)
            {
                await client.ExpectMessageAsync(topic, "hi");
            }

            await client.ExpectNothingAsync();
            await client.DisconnectAsync();
        }
    }

    [Theory, Versions("#/a", "a/#/b", "a#", "#a", "a/b#", "a+", "+a", "a/+b", "##", "++", "", "$share", "$share/", "$share/g", "$share/g/", "$share//a", "$share/g+/a", "$share/#/a", "$share/g/a#")]
    [Statement("3.1.1", "MQTT-4.7.1-2", "MQTT-4.7.1-3")]
    [Statement("5.0", "MQTT-4.7.1-1", "MQTT-4.7.1-2", "MQTT-4.8.2-1", "MQTT-4.8.2-2")]
    public async Task A_badly_written_filter_is_refused_and_the_connection_goes_on(ProtocolVersion version, string filter)
    {
        var client = await ConnectAsync(version);
        var reason = Assert.Single((await client.SubscribeAsync(filter)).Reasons);
        if (filter != "$share")
        {
            Assert.Equal(version == ProtocolVersion.V500 ? ReasonCode.TopicFilterInvalid : ReasonCode.UnspecifiedError, reason);
        }

        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.7.3-3")]
    [Statement("5.0", "MQTT-4.7.3-3")]
    public async Task Topics_may_have_65_535_bytes(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        var topic = new string('t', 65_535);
        await client.SubscribeAsync(topic);
        await client.SendAsync(Message(topic));
        await client.ExpectMessageAsync(topic, "hi");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.8.4-6")]
    [Statement("5.0", "MQTT-3.8.4-8")]
    public async Task A_message_comes_at_the_lower_of_its_qos_and_the_granted_one(ProtocolVersion version)
    {
        var publisher = await ConnectAsync(version);
        foreach (var granted in Enum.GetValues<QualityOfService>())
        {
            var client = await ConnectAsync(version);
            await client.SubscribeAsync("q", granted);
            foreach (var published in Enum.GetValues<QualityOfService>())
            {
                await publisher.PublishAsync(Message("q", qos: published));
                var message = await client.ExpectMessageAsync("q", "hi");
                Assert.Equal(published < granted ? published : granted, message.QoS);
                await client.AcknowledgeAsync(message);
            }

            await client.DisconnectAsync();
        }
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.8.4-3")]
    [Statement("5.0", "MQTT-3.8.4-3")]
    public async Task The_same_filter_again_replaces_the_subscription(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync("a", ExactlyOnce);
        await client.SubscribeAsync("a");
        await client.SendAsync(Message("a", qos: AtLeastOnce) with { PacketId = 9 });
        Assert.Equal(AtMostOnce, (await client.ExpectMessageAsync("a", "hi")).QoS);
        await client.ExpectAckAsync(PacketType.PubAck, 9);
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.5-1")]
    [Statement("5.0", "MQTT-3.3.4-2")]
    public async Task Overlapping_subscriptions_give_one_copy_at_the_highest_qos(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync([new("a/#"), new("a/+", ExactlyOnce), new("a/b", AtLeastOnce), new("#")]);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a/b", qos: ExactlyOnce));
        var message = await client.ExpectMessageAsync("a/b", "hi");
        Assert.Equal(ExactlyOnce, message.QoS);
        await client.AcknowledgeAsync(message);
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.4-3", "MQTT-3.3.4-4")]
    public async Task One_copy_carries_the_identifiers_of_all_subscriptions_that_match()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync([new("a/#")], new Properties { SubscriptionIdentifiers = [1] });
        await client.SubscribeAsync([new("a/b")], new Properties { SubscriptionIdentifiers = [268_435_455] });
        await client.SubscribeAsync([new("+/b")]);
        await client.SubscribeAsync([new("other")], new Properties { SubscriptionIdentifiers = [3] });
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a/b"));
        var ids = (await client.ExpectMessageAsync("a/b", "hi")).Properties!.SubscriptionIdentifiers!;
        Assert.Equal([1u, 268_435_455u], ids.Order());
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_subscription_identifier_is_replaced_with_the_subscription()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync([new("a")], new Properties { SubscriptionIdentifiers = [1] });
        await client.SubscribeAsync([new("a")], new Properties { SubscriptionIdentifiers = [2] });
        await client.SendAsync(Message("a"));
        Assert.Equal([2u], (await client.ExpectMessageAsync("a", "hi")).Properties!.SubscriptionIdentifiers);
        await client.SubscribeAsync([new("a")]);
        await client.SendAsync(Message("a"));
        Assert.Null((await client.ExpectMessageAsync("a", "hi")).Properties);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.8.3-3")]
    public async Task No_local_keeps_a_clients_own_messages_away()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync([new("a", AtLeastOnce, NoLocal: true)]);
        await client.PublishAsync(Message("a", "mine", AtLeastOnce));
        var other = await ConnectAsync(ProtocolVersion.V500);
        await other.PublishAsync(Message("a", "theirs", AtLeastOnce));
        await client.ExpectMessageAsync("a", "theirs");
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.8.3-3")]
    public async Task An_overlapping_subscription_with_no_local_adds_nothing_to_a_clients_own_message()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync([new("a/#", ExactlyOnce, NoLocal: true)], new Properties { SubscriptionIdentifiers = [1] });
        await client.SubscribeAsync([new("a/b")], new Properties { SubscriptionIdentifiers = [2] });
        await client.SendAsync(Message("a/b", qos: AtLeastOnce) with { PacketId = 9 });
        var own = await client.ExpectMessageAsync("a/b", "hi");
        Assert.Equal(AtMostOnce, own.QoS);
        Assert.Equal([2u], own.Properties!.SubscriptionIdentifiers);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.1-12", "MQTT-3.3.1-13")]
    public async Task Retain_as_published_decides_about_the_retain_flag()
    {
        var keeps = await ConnectAsync(ProtocolVersion.V500);
        await keeps.SubscribeAsync([new("a", RetainAsPublished: true)]);
        var clears = await ConnectAsync(ProtocolVersion.V500);
        await clears.SubscribeAsync([new("a")]);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        foreach (var retain in new[] { true, false })
        {
            await publisher.PublishAsync(Message("a", retain: retain));
            Assert.Equal(retain, (await keeps.ExpectMessageAsync("a", "hi")).Retain);
            Assert.False((await clears.ExpectMessageAsync("a", "hi")).Retain);
        }
    }

    [Theory, Versions]
    public async Task One_subscription_too_many_is_refused(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxSubscriptionsPerSession = 1);
        var client = await ConnectAsync(version);
        var refused = version == ProtocolVersion.V500 ? ReasonCode.QuotaExceeded : ReasonCode.UnspecifiedError;
        Assert.Equal([ReasonCode.Success, refused], (await client.SubscribeAsync([new("a"), new("b")])).Reasons);
        Assert.Equal([ReasonCode.Success], (await client.SubscribeAsync("a")).Reasons);
    }
}
