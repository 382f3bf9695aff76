using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class ConnectTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.4-4", "MQTT-3.2.0-1")]
    [Statement("5.0", "MQTT-3.1.4-5", "MQTT-3.2.0-1", "MQTT-3.2.2-1", "MQTT-3.2.2-2")]
    public async Task A_connect_is_answered_with_success_and_no_session(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        Assert.False(client.ConnAck.SessionPresent);
        await client.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x00 })]
    [InlineData(new byte[] { 0x30, 0x04, 0, 1, (byte)'a', (byte)'b' })]
    [InlineData(new byte[] { 0x82, 0x06, 0, 1, 0, 1, (byte)'a', 0 })]
    [InlineData(new byte[] { 0xE0, 0x00 })]
    [InlineData(new byte[] { 0xF0, 0x00 })]
    [Statement("3.1.1", "MQTT-3.1.0-1")]
    [Statement("5.0", "MQTT-3.1.0-1")]
    public async Task A_first_packet_that_is_not_connect_closes_the_connection_without_a_word(byte[] packet)
    {
        var client = await OpenAsync();
        await client.SendBytesAsync(packet);
        await client.ExpectClosedAsync();
    }

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.0-2")]
    [Statement("5.0", "MQTT-3.1.0-2", "MQTT-3.2.0-2")]
    public async Task A_second_connect_is_a_protocol_error(ProtocolVersion version)
    {
        var client = await ConnectAsync(version, "twice");
        await client.SendAsync(new ConnectPacket { Version = version, ClientId = "twice" });
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
    }

    [Theory]
    [InlineData(2, ProtocolVersion.V311)]
    [InlineData(0, ProtocolVersion.V311)]
    [InlineData(6, ProtocolVersion.V500)]
    [InlineData(127, ProtocolVersion.V500)]
    [Statement("3.1.1", "MQTT-3.1.2-2", "MQTT-3.2.2-4", "MQTT-3.2.2-5")]
    [Statement("5.0", "MQTT-3.1.2-2", "MQTT-3.2.2-6", "MQTT-3.2.2-7")]
    public async Task An_unknown_protocol_level_is_refused_in_words_that_the_client_may_understand(byte level, ProtocolVersion answer)
    {
        var client = await OpenAsync(answer);
        await client.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text("MQTT"), level, 2, 0, 60, 0, .. Wire.Text("c"), 0, 0]));
        var connAck = await client.ExpectAsync<ConnAckPacket>();
        Assert.Equal((ReasonCode.UnsupportedProtocolVersion, false), (connAck.Reason, connAck.SessionPresent));
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData("MQTX", 4)]
    [InlineData("MQTX", 5)]
    [InlineData("mqtt", 4)]
    [InlineData("MQIsdp", 4)]
    [InlineData("MQTT", 3)]
    [Statement("3.1.1", "MQTT-3.1.2-1")]
    [Statement("5.0", "MQTT-3.1.2-1")]
    public async Task A_wrong_protocol_name_is_not_let_in(string name, byte level)
    {
        var client = await OpenAsync((ProtocolVersion)level);
        await client.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text(name), level, 2, 0, 60, .. level == 5 ? new byte[1] : [], .. Wire.Text("c")]));
        if (await client.ReceiveAsync() is ConnAckPacket refusal)
        {
            Assert.Equal(ReasonCode.UnsupportedProtocolVersion, refusal.Reason);
            await client.ExpectClosedAsync();
        }
    }

    /// <summary>In MQTT 5.0 a refusal may be spoken, in 3.1.1 it must not.</summary>
    [Theory]
    [InlineData(0x03, "reserved flag")]
    [InlineData(0x0A, "will QoS without will")]
    [InlineData(0x22, "will retain without will")]
    [InlineData(0x06, "will flag without will")]
    [InlineData(0x82, "user name flag without user name")]
    [InlineData(0x42, "password flag without password")]
    [Statement("3.1.1", "MQTT-3.1.2-3", "MQTT-3.1.2-9", "MQTT-3.1.2-11", "MQTT-3.1.2-13", "MQTT-3.1.2-15", "MQTT-3.1.2-19", "MQTT-3.1.2-21", "MQTT-3.1.2-22", "MQTT-3.1.4-1", "MQTT-3.2.2-6")]
    [Statement("5.0", "MQTT-3.1.2-3", "MQTT-3.1.2-9", "MQTT-3.1.2-11", "MQTT-3.1.2-13", "MQTT-3.1.2-17", "MQTT-3.1.2-19", "MQTT-3.1.4-1")]
    public async Task Flags_that_contradict_the_rest_of_a_connect_close_the_connection(byte flags, string why)
    {
        var old = await OpenAsync(ProtocolVersion.V311);
        await old.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text("MQTT"), 4, flags, 0, 60, .. Wire.Text("c")]));
        Assert.True(await old.ReceiveAsync() is null, why);

        var client = await OpenAsync();
        await client.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text("MQTT"), 5, flags, 0, 60, 0, .. Wire.Text("c")]));
        Assert.Equal(ReasonCode.MalformedPacket, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(0x02, "user name although its flag is 0")]
    [InlineData(0x82, "password although its flag is 0")]
    [Statement("3.1.1", "MQTT-3.1.2-18", "MQTT-3.1.2-20")]
    [Statement("5.0", "MQTT-3.1.2-16", "MQTT-3.1.2-18")]
    public async Task Fields_that_no_flag_announces_close_the_connection(byte flags, string why)
    {
        var client = await OpenAsync(ProtocolVersion.V311);
        var fields = flags == 0x02 ? Wire.Text("user") : [.. Wire.Text("user"), .. Wire.Text("secret")];
        await client.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text("MQTT"), 4, flags, 0, 60, .. Wire.Text("c"), .. fields]));
        Assert.True(await client.ReceiveAsync() is null, why);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-14")]
    [Statement("5.0", "MQTT-3.1.2-12")]
    public async Task A_will_at_qos_3_closes_the_connection(ProtocolVersion version)
    {
        var client = await OpenAsync(version);
        var properties = version == ProtocolVersion.V500 ? new byte[1] : [];
        await client.SendBytesAsync(Wire.Packet(0x10, [.. Wire.Text("MQTT"), (byte)version, 0x1E, 0, 60, .. properties, .. Wire.Text("c"), .. properties, .. Wire.Text("w"), .. Wire.Text("x")]));
        if (version == ProtocolVersion.V500)
        {
            Assert.Equal(ReasonCode.MalformedPacket, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        }

        await client.ExpectClosedAsync();
    }

    [Theory, Versions("a", "0123456789abcdefghijklm", "nopqrstuvwxyzABCDEFGHIJ", "KLMNOPQRSTUVWXYZ")]
    [Statement("3.1.1", "MQTT-3.1.3-5")]
    [Statement("5.0", "MQTT-3.1.3-5")]
    public async Task Letters_and_digits_make_a_client_identifier(ProtocolVersion version, string clientId)
    {
        await ConnectAsync(version, clientId);
        Assert.True(Host.Service<ClientDirectory>().Find(clientId)?.Client.IsConnected);
    }

    [Theory, Versions("a client identifier far longer than 23 bytes", "größe/日本/😀")]
    [Statement("3.1.1", "MQTT-3.1.3-2", "MQTT-3.1.3-3", "MQTT-3.1.3-4")]
    [Statement("5.0", "MQTT-3.1.3-2", "MQTT-3.1.3-3", "MQTT-3.1.3-4")]
    public async Task A_client_identifier_may_be_any_text(ProtocolVersion version, string clientId)
    {
        await ConnectAsync(version, clientId);
        Assert.True(Host.Service<ClientDirectory>().Find(clientId)?.Client.IsConnected);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.3-1", "MQTT-3.1.3-11")]
    [Statement("5.0", "MQTT-3.1.3-1", "MQTT-3.1.3-12")]
    public async Task All_fields_of_a_connect_are_read_in_their_order(ProtocolVersion version)
    {
        await ConnectAsync(new ConnectPacket
        {
            Version = version,
            ClientId = "full",
            UserName = "Jörg",
            Password = [0, 255],
            Will = new WillMessage("w/t", [1, 2], QualityOfService.AtLeastOnce, true),
        });
        var details = Host.Service<ClientDirectory>().Find("full")!;
        Assert.Equal(("Jörg", "w/t"), (details.Client.UserName, details.Will?.Topic));
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-18")]
    public async Task Mqtt_5_allows_a_password_without_a_user_name() =>
        await ConnectAsync(new ConnectPacket { ClientId = "p", Password = [1] });

    [Fact]
    [Statement("3.1.1", "MQTT-3.1.3-6")]
    public async Task An_empty_client_identifier_with_clean_session_is_given_one()
    {
        var first = await ConnectAsync(new ConnectPacket { Version = ProtocolVersion.V311 });
        var second = await ConnectAsync(new ConnectPacket { Version = ProtocolVersion.V311 });
        await first.ExpectNothingAsync();
        await second.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    [Statement("3.1.1", "MQTT-3.1.3-8", "MQTT-3.1.3-9")]
    public async Task An_empty_client_identifier_without_clean_session_is_rejected_with_return_code_2(ProtocolVersion version)
    {
        var client = await OpenAsync(version);
        await client.SendAsync(new ConnectPacket { Version = version, CleanStart = false });
        Assert.Equal(ReasonCode.ClientIdentifierNotValid, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        await client.ExpectClosedAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Statement("5.0", "MQTT-3.1.3-6", "MQTT-3.1.3-7", "MQTT-3.2.2-16")]
    public async Task Mqtt_5_is_told_the_client_identifier_that_it_was_given(bool cleanStart)
    {
        var first = await ConnectAsync(new ConnectPacket { CleanStart = cleanStart });
        var second = await ConnectAsync(new ConnectPacket { CleanStart = cleanStart });
        var given = first.ConnAck.Properties?.AssignedClientIdentifier;
        Assert.False(string.IsNullOrEmpty(given));
        Assert.NotEqual(given, second.ConnAck.Properties?.AssignedClientIdentifier);
        Assert.NotNull(Host.Service<ClientDirectory>().Find(given));
    }

    [Fact]
    public async Task An_identifier_that_the_client_chose_is_not_repeated_to_it() =>
        Assert.Null((await ConnectAsync(ProtocolVersion.V500, "own")).ConnAck.Properties?.AssignedClientIdentifier);

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.4-5")]
    [Statement("5.0", "MQTT-3.1.4-6")]
    public async Task What_follows_a_refused_connect_is_not_processed(ProtocolVersion version)
    {
        var watcher = await ConnectAsync(version);
        await watcher.SubscribeAsync("#");
        var client = await OpenAsync(version);
        var refused = Wire.Packet(0x10, [.. Wire.Text("MQTT"), version == ProtocolVersion.V500 ? (byte)9 : (byte)1, 2, 0, 60, 0, .. Wire.Text("c")]);
        await client.SendBytesAsync(new ReadOnlyMemory<byte>([.. refused, .. Wire.Encode(version, Message("a"))]));
        await client.ExpectAsync<ConnAckPacket>();
        await client.ExpectClosedAsync();
        await watcher.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.8.0-2")]
    [Statement("5.0", "MQTT-3.1.4-2", "MQTT-3.2.2-8", "MQTT-4.13.2-1")]
    public async Task One_connection_too_many_is_refused(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxConnections = 1);
        var first = await ConnectAsync(version);
        var second = await OpenAsync(version);
        await second.SendAsync(new ConnectPacket { Version = version, ClientId = "two" });
        var expected = version == ProtocolVersion.V500 ? ReasonCode.QuotaExceeded : ReasonCode.ServerUnavailable;
        Assert.Equal(expected, (await second.ExpectAsync<ConnAckPacket>()).Reason);
        await second.ExpectClosedAsync();
        await first.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task A_connection_that_says_nothing_is_closed_when_its_time_is_up(ProtocolVersion version)
    {
        var silent = await OpenAsync(version);
        await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => "not accepted");
        Host.Pass(TimeSpan.FromSeconds(10));
        Assert.Equal(1, Host.Broker.Connections.Count);
        Host.Pass(TimeSpan.FromSeconds(1));
        await silent.ExpectClosedAsync();
    }
}
