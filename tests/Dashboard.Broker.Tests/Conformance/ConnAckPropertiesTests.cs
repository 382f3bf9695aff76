using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class ConnAckPropertiesTests : BrokerTest
{
    [Fact]
    [Statement("5.0", "MQTT-3.2.2-22")]
    public async Task Without_limits_only_the_packet_size_and_topic_aliases_are_announced()
    {
        var properties = (await ConnectAsync(ProtocolVersion.V500, "c")).ConnAck.Properties!;
        Assert.Equal((16u * 1024 * 1024, (ushort)1000), (properties.MaximumPacketSize, properties.TopicAliasMaximum));
        Assert.Null(properties.MaximumQoS);
        Assert.Null(properties.RetainAvailable);
        Assert.Null(properties.ReceiveMaximum);
        Assert.Null(properties.ServerKeepAlive);
        Assert.Null(properties.SessionExpiryInterval);
        Assert.Null(properties.WildcardSubscriptionAvailable);
        Assert.Null(properties.SharedSubscriptionAvailable);
        Assert.Null(properties.SubscriptionIdentifiersAvailable);
    }

    [Fact]
    public async Task Limits_from_the_options_are_announced()
    {
        await StartAsync(options =>
        {
            options.ReceiveMaximum = 7;
            options.MaxPacketSize = 4096;
            options.TopicAliasMaximum = 0;
            options.MaxKeepAlive = 30;
            options.MaxSessionExpiry = 100;
        });
        var properties = (await ConnectAsync(new ConnectPacket { ClientId = "c", KeepAlive = 60, Properties = new Properties { SessionExpiryInterval = 101 } })).ConnAck.Properties!;
        Assert.Equal(((ushort)7, 4096u, (ushort)30, 100u), (properties.ReceiveMaximum, properties.MaximumPacketSize, properties.ServerKeepAlive, properties.SessionExpiryInterval));
        Assert.Null(properties.TopicAliasMaximum);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [Statement("5.0", "MQTT-3.1.2-21")]
    public async Task A_keep_alive_that_the_server_asks_for_is_the_one_that_counts(ushort asked)
    {
        await StartAsync(options => options.MaxKeepAlive = 30);
        var client = await ConnectAsync(new ConnectPacket { ClientId = "c", KeepAlive = asked });
        Host.Pass(TimeSpan.FromSeconds(46));
        await client.ExpectClosedAsync(ReasonCode.KeepAliveTimeout);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-28")]
    public async Task Response_information_is_not_sent_to_who_did_not_ask()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c", new Properties { RequestResponseInformation = false });
        Assert.Null(client.ConnAck.Properties?.ResponseInformation);
    }

    [Fact]
    [Statement("5.0", "MQTT-4.12.0-1", "MQTT-4.12.0-6")]
    public async Task An_authentication_method_is_refused_as_there_is_none()
    {
        var client = await OpenAsync();
        await client.SendAsync(new ConnectPacket { ClientId = "c", Properties = new Properties { AuthenticationMethod = "SCRAM" } });
        var answer = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal(ReasonCode.BadAuthenticationMethod, answer.Reason);
        Assert.Null(answer.Properties?.AuthenticationMethod);
        await client.ExpectClosedAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-4.12.0-7", "MQTT-4.12.1-2")]
    public async Task Auth_without_an_agreed_method_is_a_protocol_error()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c");
        await client.SendAsync(new AuthPacket(ReasonCode.ReAuthenticate, new Properties { AuthenticationMethod = "SCRAM" }));
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.2.2-19", "MQTT-3.2.2-20")]
    public async Task A_reason_string_that_is_too_long_for_the_client_is_left_out_of_the_connack()
    {
        var client = await OpenAsync();
        await client.SendAsync(new ConnectPacket { ClientId = "c", Properties = new Properties { AuthenticationMethod = "SCRAM", MaximumPacketSize = 20 } });
        var answer = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal(ReasonCode.BadAuthenticationMethod, answer.Reason);
        Assert.Null(answer.Properties?.ReasonString);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.14.2-3", "MQTT-3.14.2-4")]
    public async Task A_reason_string_that_is_too_long_for_the_client_is_left_out_of_the_disconnect()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c", new Properties { MaximumPacketSize = 20 });
        await client.SendBytesAsync(new byte[] { 0xD0, 0x00 });
        var goodbye = await client.ExpectAsync<DisconnectPacket>();
        Assert.Equal(ReasonCode.ProtocolError, goodbye.Reason);
        Assert.Null(goodbye.Properties?.ReasonString);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.14.2-1", "MQTT-3.14.2-2")]
    public async Task A_disconnect_says_why_in_words()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c");
        await client.SendBytesAsync(new byte[] { 0xD0, 0x00 });
        var goodbye = await client.ExpectAsync<DisconnectPacket>();
        Assert.False(string.IsNullOrWhiteSpace(goodbye.Properties?.ReasonString));
        Assert.Null(goodbye.Properties?.SessionExpiryInterval);
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-29", "MQTT-2.2.2-1")]
    public async Task Acknowledgements_carry_no_words_for_who_does_not_want_them()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "c", new Properties { RequestProblemInformation = false });
        Assert.Null((await client.SubscribeAsync("a/#/b")).Properties);
        Assert.Null((await client.UnsubscribeAsync("never")).Properties);
        await client.SendAsync(Message("$SYS/no", qos: QualityOfService.AtLeastOnce) with { PacketId = 9 });
        Assert.Null((await client.ExpectAckAsync(PacketType.PubAck, 9, ReasonCode.NotAuthorized)).Properties);
    }
}
