using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class UnsubscribeTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.10.4-1", "MQTT-3.10.4-2", "MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6")]
    [Statement("5.0", "MQTT-3.10.4-1", "MQTT-3.10.4-2", "MQTT-3.10.4-4", "MQTT-3.10.4-5", "MQTT-3.10.4-6", "MQTT-3.11.3-1", "MQTT-3.11.3-2")]
    public async Task Only_the_very_same_filter_ends_a_subscription(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync([new("a/+"), new("b")]);
        var answer = await client.UnsubscribeAsync("a/b", "b", "#", "a/#");
        if (version == ProtocolVersion.V500)
        {
            Assert.Equal([ReasonCode.NoSubscriptionExisted, ReasonCode.Success, ReasonCode.NoSubscriptionExisted, ReasonCode.NoSubscriptionExisted], answer.Reasons);
        }

        await client.SendAsync(Message("a/b"), Message("b"));
        await client.ExpectMessageAsync("a/b", "hi");
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.10.4-3")]
    [Statement("5.0", "MQTT-3.10.4-3")]
    public async Task A_delivery_that_has_begun_is_completed(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync("a", ExactlyOnce);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", qos: ExactlyOnce));
        var message = await client.ExpectMessageAsync("a", "hi");
        await client.UnsubscribeAsync("a");
        await client.AcknowledgeAsync(message);
        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task Where_filters_overlap_the_others_stay(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SubscribeAsync([new("a/b", AtLeastOnce), new("a/#")]);
        await client.UnsubscribeAsync("a/b");
        await client.SendAsync(Message("a/b", qos: AtLeastOnce) with { PacketId = 5 });
        Assert.Equal(AtMostOnce, (await client.ExpectMessageAsync("a/b", "hi")).QoS);
    }

    [Theory, Versions]
    public async Task Another_clients_subscription_is_not_touched(ProtocolVersion version)
    {
        var stays = await ConnectAsync(version);
        await stays.SubscribeAsync("a");
        var leaves = await ConnectAsync(version);
        await leaves.SubscribeAsync("a");
        await leaves.UnsubscribeAsync("a");
        await leaves.PublishAsync(Message("a"));
        await stays.ExpectMessageAsync("a", "hi");
        await leaves.ExpectNothingAsync();
    }
}
