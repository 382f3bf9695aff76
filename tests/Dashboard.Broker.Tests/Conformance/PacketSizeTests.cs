using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>No packet, of whatever kind, is larger than the client said it takes.</summary>
public sealed class PacketSizeTests : BrokerTest
{
    [Theory]
    [InlineData(13, true, true)]
    [InlineData(12, true, false)]
    [InlineData(10, true, false)]
    [InlineData(9, false, false)]
    [InlineData(5, false, false)]
    [Statement("5.0", "MQTT-3.1.2-24")]
    public async Task A_connack_leaves_out_what_a_client_can_do_without(uint size, bool hasSize, bool hasAliases)
    {
        var properties = (await ConnectAsync(ProtocolVersion.V500, "c", new Properties { MaximumPacketSize = size })).ConnAck.Properties;
        Assert.Equal((hasSize, hasAliases), (properties?.MaximumPacketSize is not null, properties?.TopicAliasMaximum is not null));
    }

    [Theory]
    [InlineData("", 20, true)]
    [InlineData("c", 4, false)]
    [Statement("5.0", "MQTT-3.1.2-24")]
    public async Task A_client_that_cannot_be_told_what_it_must_know_is_not_let_in(string clientId, uint size, bool isTold)
    {
        var client = await OpenAsync();
        await client.SendAsync(new ConnectPacket { ClientId = clientId, Properties = new Properties { MaximumPacketSize = size } });
        if (isTold)
        {
            Assert.Equal(ReasonCode.PacketTooLarge, (await client.ExpectAsync<ConnAckPacket>()).Reason);
            client.FinishSending();
        }

        await client.ExpectClosedAsync();
        Assert.Equal(0, Host.Broker.Sessions.Count);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-24")]
    public async Task A_suback_or_unsuback_that_is_too_large_counts_as_sent_and_is_told_on_the_story()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "small", new Properties { MaximumPacketSize = 8 });
        await client.SubscribeAsync([new("a"), new("b"), new("c")]);
        await client.SendAsync(new SubscribePacket(client.NextId(), [new("a"), new("b"), new("c"), new("d")]));
        await client.ExpectNothingAsync();
        await client.SendAsync(Message("d", "x"));
        await client.ExpectMessageAsync("d", "x");
        await client.SendAsync(new UnsubscribePacket(client.NextId(), ["a", "b", "c", "d"]));
        await client.ExpectNothingAsync();
        Assert.Equal(0, Host.Broker.Subscriptions.Count);

        var told = Assert.Single(Host.Service<ClientEventLog>().Newest(100), one => one.Kind == ClientEventKind.PacketWithheld);
        Assert.Equal(("small", "A SUBACK of 9 bytes was not sent: it takes packets of up to 8 bytes"), (told.ClientId, told.Message));
    }

    [Fact]
    [Statement("5.0", "MQTT-3.4.2-2", "MQTT-3.4.2-3", "MQTT-3.5.2-2", "MQTT-3.5.2-3", "MQTT-3.6.2-2", "MQTT-3.6.2-3", "MQTT-3.7.2-2", "MQTT-3.7.2-3")]
    [Statement("5.0", "MQTT-3.9.2-1", "MQTT-3.9.2-2", "MQTT-3.11.2-1", "MQTT-3.11.2-2")]
    public async Task Bad_news_of_every_kind_fit_the_smallest_client_that_can_connect()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c", new Properties { MaximumPacketSize = 6 });
        await client.SendAsync(Message("$SYS/a", qos: AtLeastOnce) with { PacketId = 1 });
        Check(await client.ExpectAckAsync(PacketType.PubAck, 1, ReasonCode.NotAuthorized));
        await client.SendAsync(Message("$SYS/a", qos: ExactlyOnce) with { PacketId = 2 });
        Check(await client.ExpectAckAsync(PacketType.PubRec, 2, ReasonCode.NotAuthorized));
        await client.SendAsync(new AckPacket(PacketType.PubRel, 3));
        Check(await client.ExpectAckAsync(PacketType.PubComp, 3, ReasonCode.PacketIdentifierNotFound));
        await client.SendAsync(new AckPacket(PacketType.PubRec, 4));
        Check(await client.ExpectAckAsync(PacketType.PubRel, 4, ReasonCode.PacketIdentifierNotFound));
        var subAck = await client.SubscribeAsync("a#");
        Assert.Equal((ReasonCode.TopicFilterInvalid, null, null), (subAck.Reasons[0], subAck.Properties?.ReasonString, subAck.Properties?.UserProperties));
        var unsubAck = await client.UnsubscribeAsync("never");
        Assert.Equal((ReasonCode.NoSubscriptionExisted, null, null), (unsubAck.Reasons[0], unsubAck.Properties?.ReasonString, unsubAck.Properties?.UserProperties));

        static void Check(AckPacket ack) => Assert.Equal((null, null), (ack.Properties?.ReasonString, ack.Properties?.UserProperties));
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-24")]
    public async Task An_acknowledgement_loses_a_word_that_is_no_error_but_not_one_that_is()
    {
        await StartAsync(options => options.TopicAliasMaximum = 0);
        var client = await OpenAsync();
        await client.ConnectAsync(new ConnectPacket { ClientId = "tiny", Properties = new Properties { MaximumPacketSize = 5 } });
        await client.SendAsync(Message("a", qos: AtLeastOnce) with { PacketId = 1 });
        await client.ExpectAckAsync(PacketType.PubAck, 1, ReasonCode.NoMatchingSubscribers);
        client = await OpenAsync();
        await client.SendAsync(new ConnectPacket { ClientId = "tinier", Properties = new Properties { MaximumPacketSize = 4 } });
        await client.ExpectClosedAsync();
    }
}
