using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

public class TakeOverTests : BrokerTest
{
    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-3.1.4-2")]
    [Statement("5.0", "MQTT-3.1.4-3")]
    public async Task The_same_client_identifier_again_closes_the_older_connection(ProtocolVersion version)
    {
        var old = await ConnectAsync(version, "one");
        var next = await ConnectAsync(version, "one");
        await old.ExpectClosedAsync(ReasonCode.SessionTakenOver);
        await next.ExpectNothingAsync();
        Assert.Equal(1, Host.Broker.Sessions.Connected);
    }

    [Theory, Versions]
    public async Task The_new_connection_does_not_wait_for_an_old_one_that_never_reads(ProtocolVersion version)
    {
        var old = await ConnectAsync(Continuing(version, "one"));
        await old.SubscribeAsync("flood");
        var publisher = await ConnectAsync(version);
        for (var i = 0; i < 400; i++)
        {
            await publisher.PublishAsync(Message("flood", new string('f', 50_000)));
        }

        var next = await ConnectAsync(Continuing(version, "one"));
        Assert.True(next.ConnAck.SessionPresent);
        await publisher.PublishAsync(Message("flood", "after"));
        await next.ExpectMessageAsync("flood", "after");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-4")]
    [Statement("5.0", "MQTT-3.1.2-5", "MQTT-4.1.0-1")]
    public async Task A_continuing_session_goes_over_with_all_that_it_holds(ProtocolVersion version)
    {
        var old = await ConnectAsync(Continuing(version, "one"));
        await old.SubscribeAsync("a", AtLeastOnce);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", "1", AtLeastOnce));
        await old.ExpectMessageAsync("a", "1");
        var next = await ConnectAsync(Continuing(version, "one"));
        Assert.True(next.ConnAck.SessionPresent);
        Assert.True((await next.ExpectMessageAsync("a", "1")).Dup);
        await publisher.PublishAsync(Message("a", "2", AtLeastOnce));
        await next.ExpectMessageAsync("a", "2");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.1.2-6")]
    public async Task A_session_that_was_to_end_with_its_connection_does_not_go_over(ProtocolVersion version)
    {
        var old = await ConnectAsync(version, "one");
        await old.SubscribeAsync("a");
        var next = await ConnectAsync(Continuing(version, "one"));
        Assert.False(next.ConnAck.SessionPresent);
        await old.ExpectClosedAsync(ReasonCode.SessionTakenOver);
        await next.PublishAsync(Message("a"));
        await next.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task The_will_of_the_older_connection_is_published(ProtocolVersion version)
    {
        var watcher = await ConnectAsync(version);
        await watcher.SubscribeAsync("will");
        var will = new WillMessage("will", Wire.Utf8("gone"), AtMostOnce, false);
        await ConnectAsync(Continuing(version, "one") with { Will = will });
        await ConnectAsync(Continuing(version, "one") with { Will = will });
        await watcher.ExpectMessageAsync("will", "gone");
        await watcher.ExpectNothingAsync();
    }

    [Theory]
    [InlineData(false, 100u, false)]
    [InlineData(true, 100u, true)]
    [InlineData(false, 0u, true)]
    public async Task A_delayed_will_is_published_only_when_the_take_over_ends_the_session(bool cleanStart, uint expiry, bool isPublished)
    {
        var watcher = await ConnectAsync(ProtocolVersion.V500);
        await watcher.SubscribeAsync("will");
        var will = new WillMessage("will", Wire.Utf8("gone"), AtMostOnce, false, new Properties { WillDelayInterval = 50 });
        await ConnectAsync(Continuing(ProtocolVersion.V500, "one", expiry) with { Will = will });
        await ConnectAsync(Continuing(ProtocolVersion.V500, "one") with { CleanStart = cleanStart });
        if (isPublished)
        {
            await watcher.ExpectMessageAsync("will", "gone");
        }

        Host.Pass(TimeSpan.FromSeconds(200));
        await watcher.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_client_that_hears_its_own_will_does_not_when_it_asked_for_no_local()
    {
        var one = await ConnectAsync(Continuing(ProtocolVersion.V500, "one") with { Will = new WillMessage("will", Wire.Utf8("gone"), AtLeastOnce, false) });
        await one.SubscribeAsync([new("will", AtLeastOnce, NoLocal: true)]);
        var next = await ConnectAsync(Continuing(ProtocolVersion.V500, "one"));
        await next.ExpectNothingAsync();
    }
}
