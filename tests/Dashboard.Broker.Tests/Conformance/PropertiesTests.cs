using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class PropertiesTests : BrokerTest
{
    private static Properties Full() => new()
    {
        PayloadFormatIsUtf8 = true,
        ContentType = "application/json; größe",
        ResponseTopic = "answer/here",
        CorrelationData = [0, 1, 255],
        UserProperties = [new("b", "1"), new("a", "2"), new("b", "3"), new("", "")],
    };

    [Theory]
    [InlineData(AtMostOnce)]
    [InlineData(AtLeastOnce)]
    [InlineData(ExactlyOnce)]
    [Statement("5.0", "MQTT-3.3.2-4", "MQTT-3.3.2-15", "MQTT-3.3.2-16", "MQTT-3.3.2-17", "MQTT-3.3.2-18", "MQTT-3.3.2-20")]
    public async Task They_pass_through_unchanged_live_queued_and_retained(QualityOfService qos)
    {
        var live = await ConnectAsync(ProtocolVersion.V500);
        await live.SubscribeAsync("a", qos);
        var offline = await ConnectAsync(Continuing(ProtocolVersion.V500, "offline"));
        await offline.SubscribeAsync("a", qos);
        await offline.DisconnectAsync();
        await UntilGoneAsync("offline");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", "hi", qos, retain: true, Full()));

        AssertFull(await live.ExpectMessageAsync("a", "hi"));
        var late = await ConnectAsync(ProtocolVersion.V500);
        await late.SubscribeAsync("a", qos);
        AssertFull(await late.ExpectMessageAsync("a", "hi"));
        if (qos != AtMostOnce)
        {
            offline = await ConnectAsync(Continuing(ProtocolVersion.V500, "offline"));
            AssertFull(await offline.ExpectMessageAsync("a", "hi"));
        }
    }

    [Fact]
    public async Task They_stay_behind_the_clients_own_subscription_identifier_and_without_the_alias()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SubscribeAsync([new("a")], new Properties { SubscriptionIdentifiers = [200] });
        var properties = Full();
        properties.TopicAlias = 1;
        properties.MessageExpiryInterval = 7;
        await client.SendAsync(Message("a", properties: properties));
        var message = await client.ExpectMessageAsync("a", "hi");
        AssertFull(message);
        Assert.Equal([200u], message.Properties!.SubscriptionIdentifiers);
        Assert.Equal(7u, message.Properties.MessageExpiryInterval);
        Assert.Null(message.Properties.TopicAlias);
    }

    [Fact]
    public async Task An_older_client_gets_the_message_without_them()
    {
        var old = await ConnectAsync(ProtocolVersion.V311);
        await old.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", "hi", AtLeastOnce, properties: Full()));
        Assert.Null((await old.ExpectMessageAsync("a", "hi")).Properties);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.2-5", "MQTT-3.3.2-6")]
    public async Task A_queued_message_counts_down_and_expires()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await client.SubscribeAsync("a", AtLeastOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        foreach (var seconds in new uint[] { 10, 30, 20 })
        {
            await publisher.PublishAsync(Message("a", $"{seconds}", AtLeastOnce, properties: new Properties { MessageExpiryInterval = seconds }));
        }

        Host.Pass(TimeSpan.FromSeconds(12));
        client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        Assert.Equal(18u, (await client.ExpectMessageAsync("a", "30")).Properties?.MessageExpiryInterval);
        Assert.Equal(8u, (await client.ExpectMessageAsync("a", "20")).Properties?.MessageExpiryInterval);
        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.2-5", "MQTT-3.3.2-6")]
    public async Task A_retained_message_counts_down_and_expires()
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.PublishAsync(Message("a", retain: true, properties: new Properties { MessageExpiryInterval = 10 }));
        Host.Pass(TimeSpan.FromSeconds(4));
        await client.SubscribeAsync("a");
        Assert.Equal(6u, (await client.ExpectMessageAsync("a", "hi")).Properties?.MessageExpiryInterval);
        Host.Pass(TimeSpan.FromSeconds(6));
        await client.SubscribeAsync("a");
        await client.ExpectNothingAsync();
        Host.Broker.RetainedStore.RemoveExpired();
        Assert.Equal(0, Host.Broker.RetainedCount);
    }

    [Fact]
    public async Task A_message_that_waits_for_the_receive_maximum_expires_too()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "s", new Properties { ReceiveMaximum = 1 });
        await client.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", "1", AtLeastOnce));
        await publisher.PublishAsync(Message("a", "2", AtLeastOnce, properties: new Properties { MessageExpiryInterval = 5 }));
        await publisher.PublishAsync(Message("a", "3", AtLeastOnce));
        var first = await client.ExpectMessageAsync("a", "1");
        Host.Pass(TimeSpan.FromSeconds(6));
        await client.AcknowledgeAsync(first);
        await client.ExpectMessageAsync("a", "3");
    }

    private static void AssertFull(PublishPacket message)
    {
        var (expected, actual) = (Full(), message.Properties!);
        Assert.Equal((true, expected.ContentType, expected.ResponseTopic), (actual.PayloadFormatIsUtf8, actual.ContentType, actual.ResponseTopic));
        Assert.Equal(expected.CorrelationData, actual.CorrelationData);
        Assert.Equal(expected.UserProperties, actual.UserProperties);
    }
}
