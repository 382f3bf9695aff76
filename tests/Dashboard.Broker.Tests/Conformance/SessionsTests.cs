using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class SessionsTests : BrokerTest
{
    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-4", "MQTT-3.2.2-2", "MQTT-3.2.2-3", "MQTT-4.1.0-1", "MQTT-4.1.0-2")]
    [Statement("5.0", "MQTT-3.1.2-5", "MQTT-3.1.2-6", "MQTT-3.1.2-23", "MQTT-3.2.2-3")]
    public async Task A_continuing_session_is_present_when_its_client_comes_back(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "s"));
        Assert.False(client.ConnAck.SessionPresent);
        await client.SubscribeAsync("a");
        await client.DisconnectAsync();

        var again = await ConnectAsync(Continuing(version, "s"));
        Assert.True(again.ConnAck.SessionPresent);
        await again.SendAsync(Message("a"));
        await again.ExpectMessageAsync("a", "hi");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-6", "MQTT-3.1.4-3", "MQTT-3.2.2-1")]
    [Statement("5.0", "MQTT-3.1.2-4", "MQTT-3.1.4-4", "MQTT-3.2.2-2")]
    public async Task A_clean_start_discards_the_session_that_was_there(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "s"));
        await client.SubscribeAsync("a", AtLeastOnce);
        await client.DisconnectAsync();
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", qos: AtLeastOnce));

        var clean = await ConnectAsync(version, "s");
        Assert.False(clean.ConnAck.SessionPresent);
        await publisher.PublishAsync(Message("a", qos: AtLeastOnce));
        await clean.ExpectNothingAsync();
        await clean.DisconnectAsync();
        Assert.False((await ConnectAsync(Continuing(version, "s"))).ConnAck.SessionPresent);
    }

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.2-5", "MQTT-4.5.0-1")]
    [Statement("5.0", "MQTT-4.5.0-1")]
    public async Task Messages_at_qos_1_and_2_wait_for_an_offline_client_in_their_order(ProtocolVersion version)
    {
        var client = await ConnectAsync(Continuing(version, "s"));
        await client.SubscribeAsync("a", ExactlyOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 30; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", (QualityOfService)(i % 3)));
        }

        client = await ConnectAsync(Continuing(version, "s"));
        for (var i = 0; i < 30; i++)
        {
            if (i % 3 != 0)
            {
                var message = await client.ExpectMessageAsync("a", $"{i}");
                Assert.Equal(((QualityOfService)(i % 3), false), (message.QoS, message.Dup));
            }
        }

        await client.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-4.1.0-2")]
    public async Task A_session_expires_on_its_clock_with_everything_it_held()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s", expiry: 10));
        await client.SubscribeAsync("a", AtLeastOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        Host.Pass(TimeSpan.FromSeconds(9));
        Assert.Equal((1, 1), (Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
        Host.Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), (Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
        Assert.False((await ConnectAsync(Continuing(ProtocolVersion.V500, "s"))).ConnAck.SessionPresent);
    }

    [Fact]
    [Statement("5.0", "MQTT-4.1.0-1")]
    public async Task The_clock_does_not_run_while_the_client_is_connected()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s", expiry: 10));
        Host.Pass(TimeSpan.FromSeconds(100));
        client.Abort();
        await UntilGoneAsync("s");
        Host.Pass(TimeSpan.FromSeconds(9));
        Assert.True((await ConnectAsync(Continuing(ProtocolVersion.V500, "s"))).ConnAck.SessionPresent);
    }

    [Theory]
    [InlineData(ProtocolVersion.V311, 0u)]
    [InlineData(ProtocolVersion.V500, uint.MaxValue)]
    public async Task A_session_without_an_end_stays(ProtocolVersion version, uint expiry)
    {
        var client = await ConnectAsync(Continuing(version, "s", expiry));
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        Host.Pass(TimeSpan.FromDays(2));
        Assert.True((await ConnectAsync(Continuing(version, "s"))).ConnAck.SessionPresent);
    }

    [Fact]
    public async Task An_expiry_of_zero_or_none_ends_the_session_with_its_connection()
    {
        foreach (var properties in new[] { null, new Properties { SessionExpiryInterval = 0 } })
        {
            var client = await ConnectAsync(new ConnectPacket { ClientId = "s", CleanStart = false, Properties = properties });
            await client.DisconnectAsync();
            await Eventually.Holds(() => Host.Broker.Sessions.Count == 0, () => "the session stays");
        }
    }

    [Fact]
    public async Task Disconnect_may_change_the_expiry()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s", expiry: 10));
        await client.DisconnectAsync(new DisconnectPacket(ReasonCode.Success, new Properties { SessionExpiryInterval = 100 }));
        await UntilGoneAsync("s");
        Host.Pass(TimeSpan.FromSeconds(99));
        client = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        Assert.True(client.ConnAck.SessionPresent);
        await client.DisconnectAsync(new DisconnectPacket(ReasonCode.Success, new Properties { SessionExpiryInterval = 0 }));
        await Eventually.Holds(() => Host.Broker.Sessions.Count == 0, () => "the session stays");
    }

    [Fact]
    public async Task Disconnect_may_not_keep_a_session_that_was_to_end()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "s");
        await client.SendAsync(new DisconnectPacket(ReasonCode.Success, new Properties { SessionExpiryInterval = 1 }));
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
        await Eventually.Holds(() => Host.Broker.Sessions.Count == 0, () => "the session stays");
    }

    [Fact]
    public async Task A_session_may_be_continued_with_another_version()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V311, "s"));
        await client.SubscribeAsync("a", AtLeastOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        await publisher.PublishAsync(Message("a", qos: AtLeastOnce, properties: new Properties { ContentType = "x" }));
        var next = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        Assert.Equal("x", (await next.ExpectMessageAsync("a", "hi")).Properties?.ContentType);
    }

    [Theory]
    [InlineData(QueueDropPolicy.Oldest, "2,3,4")]
    [InlineData(QueueDropPolicy.Newest, "0,1,2")]
    public async Task A_full_queue_drops_as_the_options_say(QueueDropPolicy policy, string kept)
    {
        await StartAsync(options =>
        {
            options.MaxQueuedMessages = 3;
            options.QueueDropPolicy = policy;
        });
        var client = await ConnectAsync(Continuing(ProtocolVersion.V311, "s"));
        await client.SubscribeAsync("a", AtLeastOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var publisher = await ConnectAsync(ProtocolVersion.V311);
        for (var i = 0; i < 5; i++)
        {
            await publisher.PublishAsync(Message("a", $"{i}", AtLeastOnce));
        }

        client = await ConnectAsync(Continuing(ProtocolVersion.V311, "s"));
        foreach (var payload in kept.Split(','))
        {
            await client.ExpectMessageAsync("a", payload);
        }

        await client.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task One_session_too_many_is_refused(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxSessions = 1);
        var client = await ConnectAsync(Continuing(version, "s"));
        await client.DisconnectAsync();
        await UntilGoneAsync("s");
        var other = await OpenAsync(version);
        await other.SendAsync(Continuing(version, "other"));
        Assert.Equal(version == ProtocolVersion.V500 ? ReasonCode.QuotaExceeded : ReasonCode.ServerUnavailable, (await other.ExpectAsync<ConnAckPacket>()).Reason);
        Assert.True((await ConnectAsync(Continuing(version, "s"))).ConnAck.SessionPresent);
    }
}
