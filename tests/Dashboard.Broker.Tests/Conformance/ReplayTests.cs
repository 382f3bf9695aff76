using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>Retained messages that a client was promised with its SUBACK and that could not be sent at once.</summary>
public class ReplayTests : BrokerTest
{
    [Theory, Versions]
    [Statement("5.0", "MQTT-3.3.1-9")]
    public async Task An_interrupted_replay_goes_on_with_the_next_connection(ProtocolVersion version)
    {
        await StoreAsync(5);
        var subscriber = await InterruptedAsync(version);
        if (Storage == StorageKind.Sqlite)
        {
            await RestartAsync();
            Host.Broker.Options.MaxInflight = 2;
        }

        subscriber = await ConnectAsync(Continuing(version, "s"));
        Assert.True(subscriber.ConnAck.SessionPresent);
        for (var i = 0; i < 5; i++)
        {
            var message = await subscriber.ExpectMessageAsync($"r/{i}", $"{i}");
            Assert.Equal((i < 2, true), (message.Dup, message.Retain));
            await subscriber.AcknowledgeAsync(message);
        }

        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    [Statement("5.0", "MQTT-3.10.4-2")]
    public async Task Nothing_more_of_a_replay_comes_after_unsubscribing(ProtocolVersion version)
    {
        await StoreAsync(5);
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("r/#", AtLeastOnce);
        var first = await subscriber.ExpectMessageAsync("r/0", "0");
        await subscriber.ExpectMessageAsync("r/1", "1");
        await subscriber.UnsubscribeAsync("r/#");
        await subscriber.AcknowledgeAsync(first);
        await subscriber.ExpectNothingAsync();
    }

    [Fact]
    [Statement("5.0", "MQTT-3.3.1-11")]
    public async Task Nothing_more_of_a_replay_comes_after_subscribing_again_without_retained_messages()
    {
        await StoreAsync(5);
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "s"));
        await subscriber.SubscribeAsync("r/#", AtLeastOnce);
        var first = await subscriber.ExpectMessageAsync("r/0", "0");
        await subscriber.ExpectMessageAsync("r/1", "1");
        await subscriber.SubscribeAsync([new("r/#", AtLeastOnce, RetainHandling: RetainHandling.DoNotSend)]);
        await subscriber.AcknowledgeAsync(first);
        await subscriber.ExpectNothingAsync();
    }

    [Theory, Versions]
    public async Task Subscribing_again_begins_the_replay_again_and_not_twice(ProtocolVersion version)
    {
        await StoreAsync(4);
        await InterruptedAsync(version);
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        var first = await subscriber.ExpectMessageAsync("r/0", "0");
        var second = await subscriber.ExpectMessageAsync("r/1", "1");
        await subscriber.SubscribeAsync("r/#", AtLeastOnce);
        await subscriber.AcknowledgeAsync(first);
        await subscriber.AcknowledgeAsync(second);
        for (var i = 0; i < 4; i++)
        {
            await subscriber.AcknowledgeAsync(await subscriber.ExpectMessageAsync($"r/{i}", $"{i}"));
        }

        await subscriber.ExpectNothingAsync();
    }

    /// <summary>A client that left in the middle of a replay, with two messages on the way to it.</summary>
    private async Task<RawClient> InterruptedAsync(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("r/#", AtLeastOnce);
        await subscriber.ExpectMessageAsync("r/0", "0");
        await subscriber.ExpectMessageAsync("r/1", "1");
        await subscriber.ExpectNothingAsync();
        subscriber.Abort();
        await UntilGoneAsync("s");
        return subscriber;
    }

    private async Task StoreAsync(int count)
    {
        await StartAsync(options => options.MaxInflight = 2);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < count; i++)
        {
            await publisher.PublishAsync(Message($"r/{i}", $"{i}", AtLeastOnce, retain: true));
        }
    }
}
