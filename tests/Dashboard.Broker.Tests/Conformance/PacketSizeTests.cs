using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>No packet, of whatever kind, is larger than the client said it takes.</summary>
public sealed class PacketSizeTests : BrokerTest
{
    /// <summary>What the smallest client that can connect takes, which every one of the answers below just fills; a little more; and anything.</summary>
    public static TheoryData<uint?> Sizes => [6u, 7u, 30u, null];

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

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.4.2-2", "MQTT-3.4.2-3")]
    public async Task A_puback_with_bad_news_has_nothing_but_its_reason(uint? size) =>
        Bare(await (await ClientAsync(size)).AnswerAsync<AckPacket>(Message("$SYS/a", qos: AtLeastOnce) with { PacketId = 1 }), PacketType.PubAck, ReasonCode.NotAuthorized);

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.5.2-2", "MQTT-3.5.2-3")]
    public async Task A_pubrec_with_bad_news_has_nothing_but_its_reason(uint? size) =>
        Bare(await (await ClientAsync(size)).AnswerAsync<AckPacket>(Message("$SYS/a", qos: ExactlyOnce) with { PacketId = 1 }), PacketType.PubRec, ReasonCode.NotAuthorized);

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.6.2-2", "MQTT-3.6.2-3")]
    public async Task A_pubrel_with_bad_news_has_nothing_but_its_reason(uint? size) =>
        Bare(await (await ClientAsync(size)).AnswerAsync<AckPacket>(new AckPacket(PacketType.PubRec, 1)), PacketType.PubRel, ReasonCode.PacketIdentifierNotFound);

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.7.2-2", "MQTT-3.7.2-3")]
    public async Task A_pubcomp_with_bad_news_has_nothing_but_its_reason(uint? size) =>
        Bare(await (await ClientAsync(size)).AnswerAsync<AckPacket>(new AckPacket(PacketType.PubRel, 1)), PacketType.PubComp, ReasonCode.PacketIdentifierNotFound);

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.9.2-1", "MQTT-3.9.2-2")]
    public async Task A_suback_with_bad_news_has_nothing_but_its_reasons(uint? size)
    {
        var answer = await (await ClientAsync(size)).AnswerAsync<SubAckPacket>(new SubscribePacket(1, [new("a#")]));
        Assert.Equal((1, ReasonCode.TopicFilterInvalid, null), (answer.PacketId, Assert.Single(answer.Reasons), answer.Properties));
    }

    [Theory, MemberData(nameof(Sizes))]
    [Statement("5.0", "MQTT-3.11.2-1", "MQTT-3.11.2-2")]
    public async Task An_unsuback_with_bad_news_has_nothing_but_its_reasons(uint? size)
    {
        var answer = await (await ClientAsync(size)).AnswerAsync<UnsubAckPacket>(new UnsubscribePacket(1, ["never"]));
        Assert.Equal((1, ReasonCode.NoSubscriptionExisted, null), (answer.PacketId, Assert.Single(answer.Reasons), answer.Properties));
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

    private Task<RawClient> ClientAsync(uint? size) => ConnectAsync(ProtocolVersion.V500, "c", new Properties { MaximumPacketSize = size });

    private static void Bare(AckPacket answer, PacketType type, ReasonCode reason) =>
        Assert.Equal(new AckPacket(type, 1, reason, Properties: null), answer);
}
