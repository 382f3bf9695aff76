using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Limits;

/// <summary>Every limit is run into once over a socket: the client is told with the right reason where there is a word for it, and the hit is counted under its name.</summary>
public sealed class EveryLimitTests : BrokerTest
{
    private const ProtocolVersion V5 = ProtocolVersion.V500;

    public static TheoryData<Limit> All => [.. Enum.GetValues<Limit>()];

    [Theory, MemberData(nameof(All))]
    public async Task A_limit_that_is_hit_is_told_and_counted(Limit limit)
    {
        var who = await HitAsync(limit);

        await Eventually.Holds(() => Host.Broker.Limits.All.Any(hit => hit.Limit == limit), () => $"{limit} was not counted");
        var hit = Host.Broker.Limits.All.Single(hit => hit.Limit == limit);
        Assert.True(hit.Times > 0);
        Assert.StartsWith(who, hit.Client, StringComparison.Ordinal);
    }

    /// <summary>Hits a limit as a client does, and checks what it is told.</summary>
    /// <returns>Who is to be named with the hit.</returns>
    private async Task<string> HitAsync(Limit limit)
    {
        switch (limit)
        {
            case Limit.MaxConnections:
                await StartAsync(options => options.MaxConnections = 1);
                await ConnectAsync(V5, "first");
                await RefusedAsync(ReasonCode.QuotaExceeded);
                return "late";
            case Limit.MaxConnectionsPerAddress:
                await StartAsync(options => options.MaxConnectionsPerAddress = 1);
                await ConnectAsync(V5, "first");
                await RefusedAsync(ReasonCode.QuotaExceeded);
                return "late";
            case Limit.MaxSessions:
                await StartAsync(options => options.MaxSessions = 1);
                await ConnectAsync(V5, "first");
                await RefusedAsync(ReasonCode.QuotaExceeded);
                return "late";
            case Limit.MaxMemory:
                await StartAsync();
                Host.Broker.Options.MaxMemory = 1;
                Host.Pass(TimeSpan.FromSeconds(1));
                await RefusedAsync(ReasonCode.ServerBusy);
                return "late";
            case Limit.ConnectTimeout:
                var silent = await OpenAsync();
                await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => "the connection is not there");
                Host.Pass(TimeSpan.FromSeconds(11));
                await silent.ExpectClosedAsync();
                return "127.0.0.1";
            case Limit.MaxConnectPacketSize:
                await StartAsync(options => options.MaxConnectPacketSize = 256);
                var large = await OpenAsync();
                await large.SendAsync(new ConnectPacket { ClientId = new string('x', 300) });
                await large.ExpectClosedAsync();
                return "127.0.0.1";
            case Limit.MaxKeepAlive:
                await StartAsync(options => options.MaxKeepAlive = 30);
                Assert.Equal((ushort)30, (await ConnectAsync(new ConnectPacket { ClientId = "client", KeepAlive = 31 })).ConnAck.Properties?.ServerKeepAlive);
                return "client";
            case Limit.MaxSessionExpiry:
                await StartAsync(options => options.MaxSessionExpiry = 30);
                Assert.Equal(30u, (await ConnectAsync(Continuing(V5, "client"))).ConnAck.Properties?.SessionExpiryInterval);
                return "client";
            case Limit.MaxInflight:
                await StartAsync(options => options.MaxInflight = 1);
                var slow = await ConnectAsync(V5, "slow");
                await slow.SubscribeAsync("t", AtLeastOnce);
                await (await ConnectAsync(V5, "publisher")).SendAsync(Message("t", "1", AtLeastOnce) with { PacketId = 1 }, Message("t", "2", AtLeastOnce) with { PacketId = 2 });
                await slow.ExpectMessageAsync("t", "1");
                await slow.ExpectNothingAsync();
                return "slow";
            case Limit.MaxQueuedMessages:
                await QueueAsync(options => options.MaxQueuedMessages = 2);
                return "away";
            case Limit.MaxQueuedBytes:
                await QueueAsync(options => options.MaxQueuedBytes = 500);
                return "away";
            case Limit.MaxOutboxBytes:
                await StartAsync(options => options.MaxOutboxBytes = 65_536);
                var deaf = await ConnectAsync(V5, "deaf");
                await deaf.SubscribeAsync("t");
                var publisher = await ConnectAsync(V5, "publisher");
                while (Host.Broker.Limits.All.Count == 0)
                {
                    await publisher.PublishAsync(Message("t", new string('x', 60_000)));
                }

                return "deaf";
            default:
                await RefusedPacketAsync(limit);
                return "client";
        }
    }

    /// <summary>The limits of what a client that is connected sends.</summary>
    private async Task RefusedPacketAsync(Limit limit)
    {
        await StartAsync(options => Narrow(options, limit));
        var client = await ConnectAsync(V5, "client");
        switch (limit)
        {
            case Limit.MaxPacketSize:
                await client.SendAsync(Message("t", new string('x', 2000)));
                await client.ExpectClosedAsync(ReasonCode.PacketTooLarge);
                break;
            case Limit.MaxPublishRate:
                await client.SendAsync(Message("t"), Message("t"));
                await client.ExpectClosedAsync(ReasonCode.MessageRateTooHigh);
                break;
            case Limit.ReceiveMaximum:
                await client.SendAsync(Message("t", qos: ExactlyOnce) with { PacketId = 1 }, Message("t", qos: ExactlyOnce) with { PacketId = 2 });
                await client.ExpectAckAsync(PacketType.PubRec, 1, ReasonCode.NoMatchingSubscribers);
                await client.ExpectClosedAsync(ReasonCode.ReceiveMaximumExceeded);
                break;
            case Limit.TopicAliasMaximum:
                await client.SendAsync(Message("t", properties: new Properties { TopicAlias = 2 }));
                await client.ExpectClosedAsync(ReasonCode.TopicAliasInvalid);
                break;
            case Limit.MaxSubscriptionsPerSession:
                await client.SubscribeAsync("a");
                Assert.Equal(ReasonCode.QuotaExceeded, (await client.SubscribeAsync("b")).Reasons[0]);
                break;
            case Limit.MaxTopicLevels or Limit.MaxTopicLength:
                Assert.Equal(ReasonCode.TopicFilterInvalid, (await client.SubscribeAsync("a/b/c")).Reasons[0]);
                Assert.Equal(ReasonCode.TopicNameInvalid, await client.PublishAsync(Message("a/b/c", qos: AtLeastOnce)));
                Assert.Equal(2, Assert.Single(Host.Broker.Limits.All).Times);
                break;
            case Limit.MaxTopics:
                await client.SubscribeAsync("#");
                for (var i = 0; i < 10; i++)
                {
                    await client.SendAsync(Message($"t/{i}", "x"));
                    await client.ExpectMessageAsync($"t/{i}", "x");
                }

                break;
            case Limit.MaxRetainedMessages or Limit.MaxRetainedBytes:
                Assert.NotEqual(ReasonCode.QuotaExceeded, await client.PublishAsync(Message("a", qos: AtLeastOnce, retain: true)));
                Assert.Equal(ReasonCode.QuotaExceeded, await client.PublishAsync(Message("b", new string('x', 1000), AtLeastOnce, retain: true)));
                Assert.Equal(1, Host.Broker.RetainedCount);
                break;
            default:
                Assert.Fail($"nobody has written how to run into {limit}");
                break;
        }
    }

    private static void Narrow(BrokerOptions options, Limit limit)
    {
        switch (limit)
        {
            case Limit.MaxPacketSize:
                options.MaxPacketSize = 1024;
                break;
            case Limit.MaxPublishRate:
                (options.MaxPublishRate, options.PublishBurst, options.PublishRatePolicy) = (1, 1, PublishRatePolicy.Disconnect);
                break;
            case Limit.ReceiveMaximum:
                options.ReceiveMaximum = 1;
                break;
            case Limit.TopicAliasMaximum:
                options.TopicAliasMaximum = 1;
                break;
            case Limit.MaxSubscriptionsPerSession:
                options.MaxSubscriptionsPerSession = 1;
                break;
            case Limit.MaxTopicLevels:
                options.MaxTopicLevels = 2;
                break;
            case Limit.MaxTopicLength:
                options.MaxTopicLength = 4;
                break;
            case Limit.MaxTopics:
                options.MaxTopics = 5;
                break;
            case Limit.MaxRetainedMessages:
                options.MaxRetainedMessages = 1;
                break;
            case Limit.MaxRetainedBytes:
                options.MaxRetainedBytes = 500;
                break;
        }
    }

    private async Task QueueAsync(Action<BrokerOptions> narrow)
    {
        await StartAsync(narrow);
        var away = await ConnectAsync(Continuing(V5, "away"));
        await away.SubscribeAsync("t", AtLeastOnce);
        await away.DisconnectAsync();
        await UntilGoneAsync("away");
        var publisher = await ConnectAsync(V5, "publisher");
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(ReasonCode.Success, await publisher.PublishAsync(Message("t", $"{i}".PadRight(200), AtLeastOnce)));
        }

        // The oldest had to go.
        away = await ConnectAsync(Continuing(V5, "away"));
        var first = await away.ExpectAsync<PublishPacket>();
        Assert.NotEqual((byte)'0', first.Payload[0]);
    }

    private async Task RefusedAsync(ReasonCode reason)
    {
        var late = await OpenAsync();
        await late.ConnectAsync(new ConnectPacket { ClientId = "late" });
        Assert.Equal(reason, late.ConnAck.Reason);
        late.FinishSending();
        await late.ExpectClosedAsync();
    }
}
