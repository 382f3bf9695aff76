using Dashboard.Broker.Storage;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.DependencyInjection;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>A message that waits for the disk while its client comes and goes.</summary>
public sealed class CommitTests : BrokerTest
{
    private readonly SteppedStore _store = new();

    protected override void AddServices(IServiceCollection services) => services.AddSingleton<IBrokerStore>(_store);

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-3.3.1-1")]
    [Statement("5.0", "MQTT-3.3.1-1")]
    public async Task A_message_that_was_held_over_a_reconnect_goes_out_for_the_first_time_without_dup(ProtocolVersion version)
    {
        var subscriber = await SubscribedAsync(version);
        await PublishHeldAsync(version, ("held", ExactlyOnce), ("behind", AtLeastOnce));
        subscriber.Abort();
        await UntilGoneAsync("s");
        _store.Commit();

        subscriber = await ConnectAsync(Continuing(version, "s"));
        Assert.False((await subscriber.ExpectMessageAsync("a", "held")).Dup);
        Assert.False((await subscriber.ExpectMessageAsync("a", "behind")).Dup);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.6.0-6")]
    [Statement("5.0", "MQTT-4.6.0-5")]
    public async Task A_held_message_waits_its_turn_behind_those_that_are_sent_again(ProtocolVersion version)
    {
        var subscriber = await SubscribedAsync(version);
        var publisher = await ConnectAsync(version);
        await publisher.PublishAsync(Message("a", "1", ExactlyOnce));
        await publisher.PublishAsync(Message("a", "2", ExactlyOnce));
        await subscriber.ExpectMessageAsync("a", "1");
        await subscriber.ExpectMessageAsync("a", "2");
        await PublishHeldAsync(version, ("3", ExactlyOnce), ("4", ExactlyOnce));
        subscriber.Abort();
        await UntilGoneAsync("s");

        _store.IsHeld = false;
        var properties = version == ProtocolVersion.V500 ? new Properties { SessionExpiryInterval = 3600, ReceiveMaximum = 1 } : null;
        subscriber = await ConnectAsync(Continuing(version, "s") with { Properties = properties });
        _store.Commit();
        foreach (var (payload, isAgain) in new[] { ("1", true), ("2", true), ("3", false), ("4", false) })
        {
            var message = await subscriber.ExpectMessageAsync("a", payload);
            Assert.Equal(isAgain, message.Dup);
            if (version == ProtocolVersion.V500)
            {
                await subscriber.ExpectNothingAsync(); // its receive maximum is 1
                await subscriber.AcknowledgeAsync(message);
            }
        }
    }

    private async Task<RawClient> SubscribedAsync(ProtocolVersion version)
    {
        await StartAsync();
        var subscriber = await ConnectAsync(Continuing(version, "s"));
        await subscriber.SubscribeAsync("a", ExactlyOnce);
        return subscriber;
    }

    /// <summary>Publishes while nothing is committed; returns when the broker has taken the messages.</summary>
    private async Task PublishHeldAsync(ProtocolVersion version, params (string Payload, QualityOfService QoS)[] messages)
    {
        _store.IsHeld = true;
        var publisher = await ConnectAsync(version);
        foreach (var (payload, qos) in messages)
        {
            await publisher.SendAsync(Message("a", payload, qos) with { PacketId = publisher.NextId() });
        }

        await publisher.ExpectNothingAsync();
    }
}
