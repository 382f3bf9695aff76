using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Limits;

public sealed class AdmissionTests : BrokerTest
{
    [Theory]
    [Versions]
    public async Task One_address_has_no_more_connections_than_it_may(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxConnectionsPerAddress = 2);
        await ConnectAsync(version, "a");
        var second = await ConnectAsync(version, "b");

        await RefusedAsync(version, "c", ReasonCode.QuotaExceeded);
        Assert.Equal((Limit.MaxConnectionsPerAddress, 1, "c"), Hit());

        await second.DisconnectAsync();
        await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => "the connections that ended are still counted");
        await ConnectAsync(version, "d");
    }

    [Fact]
    public async Task A_flood_that_says_nothing_is_cut_before_it_takes_every_socket()
    {
        await StartAsync(options => options.MaxConnections = 1);
        for (var i = 0; i <= 256; i++)
        {
            await OpenAsync();
        }

        // Accepted ones are begun by several threads, in any order: the late one is late only when all others are in.
        await Eventually.Holds(() => Host.Broker.Connections.Opened == 257, () => $"{Host.Broker.Connections.Opened} of 257 are in");
        var late = await OpenAsync();
        await late.ExpectClosedAsync();
        Assert.InRange(Host.Broker.Connections.Count, 1, 258);
    }

    [Theory]
    [Versions]
    public async Task Short_of_memory_nobody_new_is_let_in_and_who_is_there_goes_on(ProtocolVersion version)
    {
        await StartAsync();
        var client = await ConnectAsync(version, "a");
        await client.SubscribeAsync("t");

        Host.Broker.Options.MaxMemory = 1;
        Host.Pass(TimeSpan.FromSeconds(1));
        await RefusedAsync(version, "b", ReasonCode.ServerBusy);
        await client.SendAsync(Message("t"));
        await client.ExpectMessageAsync("t", "hi");
        Assert.Equal(Limit.MaxMemory, Hit().Limit);

        Host.Broker.Options.MaxMemory = 0;
        Host.Pass(TimeSpan.FromSeconds(1));
        await ConnectAsync(version, "c");
    }

    [Fact]
    public async Task Short_of_memory_a_subscriber_that_does_not_read_gets_no_more_of_QoS_0()
    {
        await StartAsync();
        var slow = await ConnectAsync(ProtocolVersion.V500, "slow");
        await slow.SubscribeAsync("t");
        var publisher = await ConnectAsync(ProtocolVersion.V500, "publisher");
        Host.Broker.Options.MaxMemory = 1;
        Host.Pass(TimeSpan.FromSeconds(1));

        var large = Message("t") with { Payload = new byte[100_000] };
        await Eventually.Holds(
            async () =>
            {
                await publisher.PublishAsync(large);
                return Host.Service<ClientDirectory>().Find("slow")!.Client.Dropped > 0;
            },
            () => "nothing was dropped");
        Assert.InRange(Host.Service<ClientDirectory>().Find("slow")!.Client.OutboxBytes, 1, 200_000);
        Assert.Contains(Host.Broker.Limits.All, hit => hit.Limit == Limit.MaxOutboxBytes && hit.Client == "slow");
    }

    [Fact]
    public async Task Every_hit_is_counted_in_SYS()
    {
        await StartAsync(options =>
        {
            options.MaxTopicLevels = 2;
            options.MaxTopicLength = 5;
            options.MaxSubscriptionsPerSession = 1;
            options.SysInterval = TimeSpan.FromSeconds(1);
        });
        var client = await ConnectAsync(ProtocolVersion.V500, "a");
        await client.SubscribeAsync("x");
        Assert.Equal(ReasonCode.QuotaExceeded, (await client.SubscribeAsync("y")).Reasons[0]);
        Assert.Equal(ReasonCode.TopicFilterInvalid, (await client.SubscribeAsync("x/y/z")).Reasons[0]);
        Assert.Equal(ReasonCode.TopicFilterInvalid, (await client.SubscribeAsync("longer")).Reasons[0]);
        Assert.Equal(ReasonCode.TopicNameInvalid, await client.PublishAsync(Message("longer", qos: QualityOfService.AtLeastOnce)));
        Host.Pass(TimeSpan.FromSeconds(1));

        await UntilSysSaysAsync("MaxSubscriptionsPerSession", "1");
        await UntilSysSaysAsync("MaxTopicLevels", "1");
        await UntilSysSaysAsync("MaxTopicLength", "2");
    }

    private async Task RefusedAsync(ProtocolVersion version, string clientId, ReasonCode reason)
    {
        var client = await OpenAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = clientId });
        Assert.Equal(version == ProtocolVersion.V500 ? reason : ReasonCode.ServerUnavailable, client.ConnAck.Reason);
        client.FinishSending();
        await client.ExpectClosedAsync();
    }

    private (Limit Limit, long Times, string? Client) Hit()
    {
        var hit = Host.Broker.Limits.All[0];
        return (hit.Limit, hit.Times, hit.Client);
    }

    private Task UntilSysSaysAsync(string limit, string times)
    {
        var topic = $"$SYS/broker/limits/{limit}/hits";
        return Eventually.Holds(
            () => Host.Broker.FindRetained(topic) is { } found && System.Text.Encoding.UTF8.GetString(found.Payload) == times, () => $"{topic} is not {times}");
    }
}
