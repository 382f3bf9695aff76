using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class WillTests : BrokerTest
{
    private static ConnectPacket WithWill(ProtocolVersion version, WillMessage? will = null, uint? expiry = null, bool cleanStart = true, ushort keepAlive = 0) => new()
    {
        Version = version,
        ClientId = "mortal",
        CleanStart = cleanStart,
        KeepAlive = keepAlive,
        Will = will ?? new WillMessage("will", Wire.Utf8("gone"), AtMostOnce, false),
        Properties = expiry is null ? null : new Properties { SessionExpiryInterval = expiry },
    };

    private static WillMessage Delayed(uint seconds) =>
        new("will", Wire.Utf8("gone"), AtMostOnce, false, new Properties { WillDelayInterval = seconds });

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.2-8", "MQTT-3.1.2-9", "MQTT-3.1.2-16")]
    [Statement("5.0", "MQTT-3.1.2-7", "MQTT-3.1.2-8", "MQTT-3.1.2-9", "MQTT-3.1.2-14")]
    public async Task A_lost_connection_publishes_the_will(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version, new WillMessage("will", Wire.Utf8("gone"), AtLeastOnce, false)));
        mortal.Abort();
        var will = await watcher.ExpectMessageAsync("will", "gone");
        Assert.Equal((AtLeastOnce, false), (will.QoS, will.Retain));
        Assert.Equal(0, Host.Broker.RetainedCount);
    }

    [Theory, Versions]
    public async Task A_closed_socket_without_disconnect_publishes_the_will(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version));
        await mortal.DisposeAsync();
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.2-10", "MQTT-3.14.4-3")]
    [Statement("5.0", "MQTT-3.1.2-10", "MQTT-3.14.4-3")]
    public async Task A_disconnect_forgets_the_will(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version));
        await mortal.DisconnectAsync();
        await UntilGoneAsync("mortal");
        await watcher.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(ReasonCode.DisconnectWithWill)]
    [InlineData(ReasonCode.UnspecifiedError)]
    [InlineData(ReasonCode.ImplementationSpecificError)]
    public async Task A_disconnect_with_another_reason_publishes_the_will(ReasonCode reason)
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500));
        await mortal.DisconnectAsync(new DisconnectPacket(reason));
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Theory, Versions]
    public async Task A_protocol_error_publishes_the_will(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version));
        await mortal.SendBytesAsync(new byte[] { 0xD0, 0x00 });
        await mortal.ExpectClosedAsync(ReasonCode.ProtocolError);
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Theory, Versions]
    public async Task A_silent_client_gets_its_will_published(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version, keepAlive: 10));
        Host.Pass(TimeSpan.FromSeconds(16));
        await mortal.ExpectClosedAsync(ReasonCode.KeepAliveTimeout);
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-17")]
    [Statement("5.0", "MQTT-3.1.2-15")]
    public async Task A_retained_will_is_retained(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version, new WillMessage("will", Wire.Utf8("gone"), ExactlyOnce, true)));
        mortal.Abort();
        await watcher.AcknowledgeAsync(await watcher.ExpectMessageAsync("will", "gone"));
        var late = await ConnectAsync(version);
        await late.SubscribeAsync("will", ExactlyOnce);
        var will = await late.ExpectMessageAsync("will", "gone");
        Assert.Equal((true, ExactlyOnce), (will.Retain, will.QoS));
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-12")]
    public async Task Without_a_will_nothing_is_published(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version) with { Will = null });
        mortal.Abort();
        await UntilGoneAsync("mortal");
        await watcher.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-10")]
    [Statement("5.0", "MQTT-3.1.2-10")]
    public async Task A_will_is_published_once_and_not_for_the_next_connection(ProtocolVersion version)
    {
        var (watcher, mortal) = await BothAsync(WithWill(version, expiry: version == ProtocolVersion.V500 ? 100 : null, cleanStart: false));
        mortal.Abort();
        await watcher.ExpectMessageAsync("will", "gone");
        var next = await ConnectAsync(WithWill(version, cleanStart: false) with { Will = null });
        next.Abort();
        await UntilGoneAsync("mortal");
        Host.Pass(TimeSpan.FromDays(1));
        await watcher.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-8")]
    public async Task A_delayed_will_waits_for_its_delay()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(30), expiry: 100));
        mortal.Abort();
        await UntilGoneAsync("mortal");
        Host.Pass(TimeSpan.FromSeconds(29));
        await watcher.ExpectNothingAsync();
        Host.Pass(TimeSpan.FromSeconds(1));
        await watcher.ExpectMessageAsync("will", "gone");
        Host.Pass(TimeSpan.FromSeconds(100));
        await watcher.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-10")]
    public async Task A_delayed_will_that_was_published_does_not_come_again_after_a_restart()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(30), expiry: 100));
        mortal.Abort();
        await UntilGoneAsync("mortal");
        Host.Pass(TimeSpan.FromSeconds(30));
        await watcher.ExpectMessageAsync("will", "gone");

        await RestartAsync();
        watcher = await ConnectAsync(ProtocolVersion.V500, "watcher");
        await watcher.SubscribeAsync("will");
        Host.Pass(TimeSpan.FromSeconds(100));

        await watcher.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.2-8")]
    public async Task A_delayed_will_waits_no_longer_than_the_session_lives()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(1000), expiry: 10));
        mortal.Abort();
        await UntilGoneAsync("mortal");
        Host.Pass(TimeSpan.FromSeconds(9));
        await watcher.ExpectNothingAsync();
        Host.Pass(TimeSpan.FromSeconds(1));
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Fact]
    public async Task A_delayed_will_of_a_session_that_ends_with_its_connection_comes_at_once()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(1000)));
        mortal.Abort();
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.3-9")]
    public async Task A_new_connection_in_time_cancels_a_delayed_will()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(30), expiry: 100));
        mortal.Abort();
        await UntilGoneAsync("mortal");
        Host.Pass(TimeSpan.FromSeconds(29));
        var again = await ConnectAsync(Continuing(ProtocolVersion.V500, "mortal"));
        Assert.True(again.ConnAck.SessionPresent);
        Host.Pass(TimeSpan.FromSeconds(100));
        await watcher.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_clean_start_sets_a_delayed_will_free_at_once()
    {
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, Delayed(30), expiry: 100));
        mortal.Abort();
        await UntilGoneAsync("mortal");
        await ConnectAsync(ProtocolVersion.V500, "mortal");
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Fact]
    [Statement("5.0", "MQTT-3.1.3-10")]
    public async Task The_properties_of_a_will_are_those_of_its_message()
    {
        var properties = new Properties
        {
            WillDelayInterval = 0,
            PayloadFormatIsUtf8 = true,
            MessageExpiryInterval = 60,
            ContentType = "text/plain",
            ResponseTopic = "answer",
            CorrelationData = [1, 0, 255],
            UserProperties = [new("b", "1"), new("a", "2"), new("b", "3")],
        };
        var (watcher, mortal) = await BothAsync(WithWill(ProtocolVersion.V500, new WillMessage("will", Wire.Utf8("gone"), AtMostOnce, false, properties)));
        mortal.Abort();
        var received = (await watcher.ExpectMessageAsync("will", "gone")).Properties!;
        Assert.Equal((true, 60u, "text/plain", "answer"), (received.PayloadFormatIsUtf8, received.MessageExpiryInterval, received.ContentType, received.ResponseTopic));
        Assert.Equal(properties.CorrelationData, received.CorrelationData);
        Assert.Equal(properties.UserProperties, received.UserProperties);
        Assert.Null(received.WillDelayInterval);
    }

    private async Task<(RawClient Watcher, RawClient Mortal)> BothAsync(ConnectPacket connect)
    {
        var watcher = await ConnectAsync(connect.Version, "watcher");
        await watcher.SubscribeAsync("will", ExactlyOnce);
        return (watcher, await ConnectAsync(connect));
    }
}
