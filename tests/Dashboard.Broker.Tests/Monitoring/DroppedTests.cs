using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Monitoring.History;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;
using static Dashboard.Mqtt.Packets.QualityOfService;

namespace Dashboard.Broker.Tests.Monitoring;

/// <summary>A message that a session loses is counted the same wherever a person can look: at the client, for the broker by reason, in its rate, its history and <c>$SYS</c>.</summary>
public sealed class DroppedTests : BrokerTest
{
    private const ProtocolVersion V5 = ProtocolVersion.V500;

    private static readonly HistoryFigure[] Reasons = [HistoryFigure.DroppedSlow, HistoryFigure.DroppedQueue, HistoryFigure.DroppedExpired];

    [Theory]
    [InlineData(QueueDropPolicy.Oldest)]
    [InlineData(QueueDropPolicy.Newest)]
    public async Task What_a_full_queue_has_no_place_for(QueueDropPolicy policy)
    {
        await StartWithAsync(options => (options.MaxQueuedMessages, options.QueueDropPolicy) = (2, policy));
        await LeaveAsync("away");

        await PublishAsync(5);

        await ExpectAsync(new Dropped(0, QueueFull: 3, 0), HistoryFigure.DroppedQueue);
        Assert.Equal(3, Host.Broker.Limits.Times(Limit.MaxQueuedMessages));
    }

    [Fact]
    public async Task What_expires_before_the_client_comes_back()
    {
        await StartWithAsync();
        await LeaveAsync("away");
        await PublishAsync(2, new Properties { MessageExpiryInterval = 10 });
        await PublishAsync(1);
        Host.Pass(TimeSpan.FromSeconds(11));

        await (await ConnectAsync(Continuing(V5, "away"))).ExpectMessageAsync("t", "0");

        await ExpectAsync(new Dropped(0, 0, Expired: 2), HistoryFigure.DroppedExpired);
    }

    [Fact]
    public async Task What_has_expired_makes_room_first_and_is_not_said_to_be_lost_to_the_limit()
    {
        await StartWithAsync(options => options.MaxQueuedMessages = 2);
        await LeaveAsync("away");
        await PublishAsync(2, new Properties { MessageExpiryInterval = 10 });
        Host.Pass(TimeSpan.FromSeconds(11));

        await PublishAsync(1);

        await ExpectAsync(new Dropped(0, 0, Expired: 1), HistoryFigure.DroppedExpired);
        Assert.Equal(0, Host.Broker.Limits.Times(Limit.MaxQueuedMessages));
    }

    [Fact]
    public async Task What_no_member_of_a_shared_subscription_has_a_place_for_is_lost_once()
    {
        await StartWithAsync(options => (options.MaxQueuedMessages, options.QueueDropPolicy) = (1, QueueDropPolicy.Newest));
        await LeaveAsync("away", "$share/g/t");
        await LeaveAsync("away-too", "$share/g/t");

        await PublishAsync(5);

        Host.Pass(TimeSpan.FromSeconds(1));
        await Eventually.Holds(
            () => Host.Service<BrokerStatistics>().Latest.Dropped == new Dropped(0, QueueFull: 3, 0),
            () => $"the broker counts {Host.Service<BrokerStatistics>().Latest.Dropped}");
        var clients = Host.Service<ClientDirectory>();
        Assert.Equal(3, clients.Find("away")!.Client.Dropped + clients.Find("away-too")!.Client.Dropped);
    }

    [Fact]
    public async Task What_a_client_does_not_read()
    {
        await StartWithAsync(options => options.MaxOutboxBytes = 65_536);
        await (await ConnectAsync(V5, "away")).SubscribeAsync("t");
        var publisher = await ConnectAsync(V5, "publisher");
        while (Host.Broker.Limits.Times(Limit.MaxOutboxBytes) == 0)
        {
            await publisher.PublishAsync(Message("t", new string('x', 60_000)));
        }

        await ExpectAsync(new Dropped(Host.Broker.Limits.Times(Limit.MaxOutboxBytes), 0, 0), HistoryFigure.DroppedSlow);
    }

    private Task StartWithAsync(Action<BrokerOptions>? configure = null) => StartAsync(options =>
    {
        options.SysInterval = TimeSpan.FromSeconds(1);
        configure?.Invoke(options);
    });

    private async Task LeaveAsync(string clientId, string filter = "t")
    {
        var client = await ConnectAsync(Continuing(V5, clientId));
        await client.SubscribeAsync(filter, AtLeastOnce);
        await client.DisconnectAsync();
        await UntilGoneAsync(clientId);
    }

    private async Task PublishAsync(int messages, Properties? properties = null)
    {
        var publisher = await ConnectAsync(V5);
        for (var i = 0; i < messages; i++)
        {
            await publisher.PublishAsync(Message("t", $"{i}", AtLeastOnce, properties: properties));
        }
    }

    private async Task ExpectAsync(Dropped expected, HistoryFigure figure)
    {
        Assert.Equal(expected.Total, Host.Service<ClientDirectory>().Find("away")!.Client.Dropped);

        await Eventually.Holds(
            () =>
            {
                Host.Pass(TimeSpan.FromSeconds(1));
                return Sys("publish/messages/dropped") == $"{expected.Total}";
            },
            () => "$SYS says " + Sys("publish/messages/dropped"));
        Assert.Equal(expected, Host.Service<BrokerStatistics>().Latest.Dropped);
        Assert.Equal([figure], Reasons.Where(reason => Host.Service<BrokerHistory>().Read(HistoryRange.TenMinutes).Any(point => point[reason] > 0)));
    }

    private string Sys(string topic) => Host.Broker.FindRetained($"$SYS/broker/{topic}") is { } found ? Encoding.UTF8.GetString(found.Payload) : "";
}
