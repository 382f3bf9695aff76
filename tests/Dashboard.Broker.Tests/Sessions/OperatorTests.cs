using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Sessions;

/// <summary>What a person does to a session from outside, and sees of it.</summary>
public sealed class OperatorTests : BrokerTest
{
    protected override StorageKind Storage => StorageKind.Sqlite;

    private ClientDirectory Clients => Host.Service<ClientDirectory>();

    [Theory]
    [Versions]
    public async Task A_client_that_is_subscribed_gets_what_is_retained_and_what_comes_until_it_is_taken_away(ProtocolVersion version)
    {
        var client = await ConnectAsync(version, "pi");
        var other = await ConnectAsync(version, "other");
        await other.PublishAsync(Message("room/1", "kept", retain: true));

        Assert.True(Host.Broker.Subscribe("pi", new SubscriptionRequest("room/#", QualityOfService.AtLeastOnce)).IsDone);

        Assert.True((await client.ExpectMessageAsync("room/1", "kept")).Retain);
        await other.PublishAsync(Message("room/2", "new", QualityOfService.AtLeastOnce));
        Assert.Equal(QualityOfService.AtLeastOnce, (await client.ExpectMessageAsync("room/2", "new")).QoS);
        Assert.Equal("room/#", Assert.Single(Clients.Find("pi")!.Subscriptions).Filter);

        Assert.True(Host.Broker.Unsubscribe("pi", "room/#").IsDone);
        Assert.False(Host.Broker.Unsubscribe("pi", "room/#").IsThere);
        await other.PublishAsync(Message("room/3", "lost"));
        await client.ExpectNothingAsync();
    }

    [Fact]
    public async Task A_kept_session_keeps_it_over_a_restart()
    {
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "pi"));
        await client.DisconnectAsync();
        await UntilGoneAsync("pi");

        Assert.True(Host.Broker.Subscribe("pi", new SubscriptionRequest("room/#", QualityOfService.ExactlyOnce)).IsDone);
        await RestartAsync();

        var subscription = Assert.Single(Clients.Find("pi")!.Subscriptions);
        Assert.Equal(("room/#", QualityOfService.ExactlyOnce), (subscription.Filter, subscription.QoS));
    }

    [Fact]
    public async Task What_cannot_be_is_said_in_words()
    {
        await ConnectAsync(ProtocolVersion.V500, "pi");

        var refused = Host.Broker.Subscribe("pi", new SubscriptionRequest("a/#/b", QualityOfService.AtMostOnce));

        Assert.Equal((false, ReasonCode.TopicFilterInvalid), (refused.IsDone, refused.Reason));
        Assert.Equal(EventCode.Finding, refused.Cause?.Code);
        Assert.False(Host.Broker.Subscribe("nobody", new SubscriptionRequest("a", QualityOfService.AtMostOnce)).IsThere);
    }

    [Fact]
    public async Task What_is_in_flight_and_what_waits_is_read_a_page_at_a_time()
    {
        await StartAsync(options => options.MaxInflight = 2);
        var client = await ConnectAsync(ProtocolVersion.V500, "pi");
        await client.SubscribeAsync("a/#", QualityOfService.AtLeastOnce);
        var other = await ConnectAsync(ProtocolVersion.V500, "other");
        for (var i = 0; i < 5; i++)
        {
            await other.PublishAsync(Message($"a/{i}", $"payload {i}", QualityOfService.AtLeastOnce));
        }

        var waiting = Clients.Waiting("pi", 0, 100);

        Assert.Equal(["a/0", "a/1", "a/2", "a/3", "a/4"], waiting.Select(message => message.Topic));
        Assert.Equal([WaitingState.AwaitingPubAck, WaitingState.AwaitingPubAck, WaitingState.Queued], waiting.Take(3).Select(message => message.State));
        Assert.Equal((1, "other", "payload 0"u8.Length), (waiting[0].PacketId, waiting[0].PublisherId, waiting[0].Size));
        Assert.Equal("payload 3"u8, waiting[3].Excerpt.Span);
        Assert.Equal(["a/3", "a/4"], Clients.Waiting("pi", 3, 2).Select(message => message.Topic));
        Assert.Empty(Clients.Waiting("nobody", 0, 10));
    }

    [Fact]
    public async Task Who_would_get_a_topic_and_what_a_filter_matches_now()
    {
        var plain = await ConnectAsync(ProtocolVersion.V500, "plain");
        await plain.SubscribeAsync("a/+");
        var member = await ConnectAsync(ProtocolVersion.V500, "member");
        await member.SubscribeAsync("$share/g/a/1");
        var publisher = await ConnectAsync(ProtocolVersion.V500, "publisher");
        await publisher.PublishAsync(Message("a/1"));
        await publisher.PublishAsync(Message("a/2"));
        await publisher.PublishAsync(Message("b/1"));

        Assert.Equal(["member", "plain"], Clients.SubscribersOf("a/1").Order());
        Assert.Equal(["plain"], Clients.SubscribersOf("a/2"));
        Assert.Empty(Clients.SubscribersOf("a/#"));
        Assert.Equal(2, Clients.Matching("a/+", 1).Count);
        Assert.Equal(["a/1"], Clients.Matching("$share/g/a/1", 5).Examples);
    }
}
