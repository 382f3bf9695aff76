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

    [Theory, Versions]
    public async Task A_qos_2_message_that_is_sent_again_before_its_commit_is_not_acknowledged_sooner(ProtocolVersion version)
    {
        await SubscribedAsync(version);
        _store.IsHeld = true;
        var publisher = await ConnectAsync(Continuing(version, "p"));
        await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1 });
        await publisher.ExpectNothingAsync();
        publisher.Abort();
        await UntilGoneAsync("p");
        publisher = await ConnectAsync(Continuing(version, "p"));
        await publisher.SendAsync(Message("a", "once", ExactlyOnce) with { PacketId = 1, Dup = true });
        await publisher.ExpectNothingAsync();
        _store.Commit();
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
    }

    [Theory, Versions(AtLeastOnce, ExactlyOnce)]
    public async Task While_nothing_can_be_stored_only_what_needs_the_disk_is_refused(ProtocolVersion version, QualityOfService qos)
    {
        await SubscribedAsync(version);
        var member = await ConnectAsync(Continuing(version, "m"));
        await member.SubscribeAsync("$share/g/shared", ExactlyOnce);
        await member.SubscribeAsync("low", AtMostOnce);
        var live = await ConnectAsync(version);
        await live.SubscribeAsync("live", ExactlyOnce);
        _store.Failure = "database or disk is full";
        foreach (var message in (PublishPacket[])[Message("a", qos: qos), Message("shared", qos: qos), Message("live", qos: qos, retain: true)])
        {
            await RefusedAsync(version, message);
        }

        var publisher = await ConnectAsync(version);
        foreach (var topic in (string[])["live", "low", "nobody"])
        {
            var expected = version == ProtocolVersion.V500 && topic == "nobody" ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success;
            Assert.Equal(expected, await publisher.PublishAsync(Message(topic, qos: qos)));
        }

        await live.ExpectMessageAsync("live", "hi");
        await member.ExpectMessageAsync("low", "hi");
        await publisher.PublishAsync(Message("a", "QoS 0"));

        _store.Failure = null;
        Assert.Equal(ReasonCode.Success, await publisher.PublishAsync(Message("a", qos: qos)));
    }

    [Fact]
    public async Task While_nothing_can_be_stored_a_kept_publisher_cannot_begin_qos_2_but_end_it()
    {
        await StartAsync();
        var publisher = await ConnectAsync(Continuing(ProtocolVersion.V500, "p"));
        await publisher.SendAsync(Message("nobody", qos: ExactlyOnce) with { PacketId = 1 });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1, ReasonCode.NoMatchingSubscribers);
        _store.Failure = "database or disk is full";
        await publisher.SendAsync(Message("nobody", qos: ExactlyOnce) with { PacketId = 2 });
        await publisher.ExpectAckAsync(PacketType.PubRec, 2, ReasonCode.QuotaExceeded);
        await publisher.SendAsync(Message("nobody", qos: ExactlyOnce) with { PacketId = 1, Dup = true });
        await publisher.ExpectAckAsync(PacketType.PubRec, 1);
        await publisher.SendAsync(new AckPacket(PacketType.PubRel, 1));
        await publisher.ExpectAckAsync(PacketType.PubComp, 1);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await publisher.PublishAsync(Message("nobody", qos: AtLeastOnce)));
    }

    private async Task RefusedAsync(ProtocolVersion version, PublishPacket message)
    {
        var publisher = await ConnectAsync(version);
        if (version == ProtocolVersion.V500)
        {
            Assert.Equal(ReasonCode.QuotaExceeded, await publisher.PublishAsync(message));
            return;
        }

        await publisher.SendAsync(message with { PacketId = 1 });
        await publisher.ExpectClosedAsync();
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
