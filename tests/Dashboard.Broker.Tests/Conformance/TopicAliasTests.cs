using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class TopicAliasTests : BrokerTest
{
    private static PublishPacket Aliased(string topic, ushort alias, string payload) =>
        Message(topic, payload, properties: new Properties { TopicAlias = alias });

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [Statement("5.0", "MQTT-3.3.2-12")]
    public async Task An_alias_stands_for_the_topic_it_was_given_last(ushort alias)
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500);
        await subscriber.SubscribeAsync("#");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.SendAsync(Aliased("a", alias, "1"), Aliased("", alias, "2"), Aliased("b", alias, "3"), Aliased("", alias, "4"));
        foreach (var (topic, payload) in new[] { ("a", "1"), ("a", "2"), ("b", "3"), ("b", "4") })
        {
            Assert.Null((await subscriber.ExpectMessageAsync(topic, payload)).Properties);
        }
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-26", "MQTT-3.1.2-27", "MQTT-3.3.2-11")]
    public async Task A_client_that_allows_no_aliases_gets_none()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500);
        await subscriber.SubscribeAsync("#");
        for (var i = 0; i < 5; i++)
        {
            await subscriber.SendAsync(Aliased("a", 1, "x"));
            Assert.Null((await subscriber.ExpectMessageAsync("a", "x")).Properties);
        }
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-26", "MQTT-3.3.2-11")]
    public async Task A_client_that_allows_one_alias_gets_none_above_it_and_always_a_topic_it_knows()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { TopicAliasMaximum = 1 });
        await subscriber.SubscribeAsync("#");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        var known = "";
        for (var i = 0; i < 9; i++)
        {
            await publisher.PublishAsync(Message($"t{i % 3}", $"{i}"));
            var message = await subscriber.ExpectAsync<PublishPacket>();
            var alias = message.Properties?.TopicAlias;
            Assert.True(alias is null or 1);
            known = alias is not null && message.Topic.Length > 0 ? message.Topic : known;
            Assert.Equal($"t{i % 3}", message.Topic.Length > 0 ? message.Topic : known);
        }
    }

    [Theory]
    [InlineData(QualityOfService.AtMostOnce, 1)]
    [InlineData(QualityOfService.AtLeastOnce, 40)]
    [InlineData(QualityOfService.ExactlyOnce, 120)]
    public async Task A_topic_that_repeats_goes_without_its_name_to_who_allows_it(QualityOfService qos, int typeLength)
    {
        var topic = "site/hall/" + new string('x', 110);
        var aliased = await ConnectAsync(ProtocolVersion.V500, "aliased", new Properties { TopicAliasMaximum = 10 });
        var plain = await ConnectAsync(ProtocolVersion.V500, "plain");
        foreach (var subscriber in (RawClient[])[aliased, plain])
        {
            await subscriber.SubscribeAsync([new("site/#", qos)], new Properties { SubscriptionIdentifiers = [7] });
        }

        var publisher = await ConnectAsync(ProtocolVersion.V500);
        var contentType = new string('t', typeLength);
        var received = new List<PublishPacket>();
        for (var i = 0; i < 5; i++)
        {
            await publisher.PublishAsync(Message(topic, $"{i}", qos, properties: new Properties { ContentType = contentType }));
            received.Add(await aliased.ExpectAsync<PublishPacket>());
            Assert.Null((await plain.ExpectMessageAsync(topic, $"{i}")).Properties!.TopicAlias);
        }

        Assert.Equal([topic, topic, "", "", ""], received.Select(message => message.Topic));
        Assert.Null(received[0].Properties!.TopicAlias);
        var alias = Assert.Single(received.Skip(1).Select(message => message.Properties!.TopicAlias).Distinct());
        Assert.InRange(alias!.Value, 1, 10);
        Assert.Equal(["0", "1", "2", "3", "4"], received.Select(message => System.Text.Encoding.UTF8.GetString(message.Payload)));
        Assert.All(received, message => Assert.Equal((qos, contentType, 7u), (message.QoS, message.Properties!.ContentType, message.Properties.SubscriptionIdentifiers![0])));
        Assert.Equal(qos == QualityOfService.AtMostOnce ? 0 : 5, received.Select(message => message.PacketId).Where(id => id > 0).Distinct().Count());
    }

    [Fact]
    public async Task What_is_sent_again_on_the_next_connection_has_its_name()
    {
        var subscriber = await ConnectAsync(Aliases());
        await subscriber.SubscribeAsync("a", QualityOfService.AtLeastOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < 3; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", QualityOfService.AtLeastOnce));
            await subscriber.ExpectAsync<PublishPacket>();
        }

        subscriber.Abort();
        await UntilGoneAsync("s");
        subscriber = await ConnectAsync(Aliases());
        await subscriber.ExpectMessageAsync("a", "0");
        await subscriber.ExpectMessageAsync("a", "1");
        await subscriber.ExpectMessageAsync("", "2");

        static ConnectPacket Aliases() => Continuing(ProtocolVersion.V500, "s") with { Properties = new Properties { SessionExpiryInterval = 100, TopicAliasMaximum = 5 } };
    }

    [Fact]
    public async Task A_client_with_many_topics_and_few_aliases_always_knows_what_they_stand_for()
    {
        await StartAsync(options => options.OutgoingTopicAliases = 3);
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { TopicAliasMaximum = 500 });
        await subscriber.SubscribeAsync("#");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        var random = new Random(5);
        var known = new Dictionary<ushort, string>();
        var without = 0;
        for (var i = 0; i < 400; i++)
        {
            var topic = $"t/{random.Next(8)}";
            await publisher.SendAsync(Message(topic, $"{i}"), Message(topic, $"{i}"));
            for (var copy = 0; copy < 2; copy++)
            {
                var message = await subscriber.ExpectAsync<PublishPacket>();
                if (message.Properties?.TopicAlias is { } alias)
                {
                    Assert.InRange(alias, 1, 3);
                    without += message.Topic.Length == 0 ? 1 : 0;
                    known[alias] = message.Topic.Length > 0 ? message.Topic : known[alias];
                    message = message with { Topic = known[alias] };
                }

                Assert.Equal((topic, $"{i}"), (message.Topic, System.Text.Encoding.UTF8.GetString(message.Payload)));
            }
        }

        Assert.InRange(without, 50, 700);
    }

    [Fact]
    public async Task An_alias_that_would_make_a_message_too_large_is_not_given()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { TopicAliasMaximum = 5, MaximumPacketSize = 15 });
        await subscriber.SubscribeAsync("a");
        for (var i = 0; i < 3; i++)
        {
            await subscriber.SendAsync(Message("a", "12345678"));
            await subscriber.ExpectMessageAsync("a", "12345678"); // 14 bytes
        }
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-24")]
    public async Task A_short_topic_keeps_its_name_where_its_alias_is_longer_and_too_much()
    {
        var subscriber = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { TopicAliasMaximum = 5, MaximumPacketSize = 18 });
        await subscriber.SubscribeAsync("a");
        await subscriber.SendAsync(Message("a", "1"), Message("a", "2"), Message("a", "3"));
        await subscriber.ExpectMessageAsync("a", "1");
        await subscriber.ExpectMessageAsync("a", "2");
        await subscriber.ExpectMessageAsync("", "3");
        await subscriber.SendAsync(Message("a", "123456789012"), Message("a", "4")); // 18 bytes, and 20 with the alias
        await subscriber.ExpectMessageAsync("a", "123456789012");
        await subscriber.ExpectMessageAsync("", "4");
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.2-9")]
    public async Task An_alias_above_the_maximum_is_refused()
    {
        await StartAsync(options => options.TopicAliasMaximum = 5);
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SendAsync(Aliased("a", 5, "x"));
        await client.ExpectNothingAsync();
        await client.SendAsync(Aliased("a", 6, "x"));
        await client.ExpectClosedAsync(ReasonCode.TopicAliasInvalid);
    }

    [Fact]
    public async Task Any_alias_is_refused_when_they_are_turned_off()
    {
        await StartAsync(options => options.TopicAliasMaximum = 0);
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SendAsync(Aliased("a", 1, "x"));
        await client.ExpectClosedAsync(ReasonCode.TopicAliasInvalid);
    }

    [Fact]
    public async Task An_alias_that_stands_for_nothing_is_a_protocol_error()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SendAsync(Aliased("", 1, "x"));
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.2-7")]
    public async Task Aliases_end_with_their_connection()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "c"));
        await client.SendAsync(Aliased("a", 1, "x"));
        await client.DisconnectAsync();
        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "c"));
        await again.SendAsync(Aliased("", 1, "x"));
        await again.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    public async Task An_alias_is_remembered_from_a_message_that_was_refused()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync("ok");
        await client.SendAsync(Aliased("$SYS/no", 1, "x"), Aliased("ok", 2, "y"), Aliased("", 1, "z"));
        await client.ExpectMessageAsync("ok", "y");
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task An_alias_of_a_topic_that_found_no_place_in_the_table_reaches_new_subscribers()
    {
        await StartAsync(options => options.MaxTopics = 1);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("first"));
        await publisher.PublishAsync(Aliased("second", 1, "x"));
        var subscriber = await ConnectAsync(ProtocolVersion.V500);
        await subscriber.SubscribeAsync("second");
        await publisher.PublishAsync(Aliased("", 1, "y"));
        await subscriber.ExpectMessageAsync("second", "y");
    }
}
