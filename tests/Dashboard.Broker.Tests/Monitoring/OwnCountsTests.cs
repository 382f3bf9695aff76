using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class OwnCountsTests : BrokerTest
{
    [Fact]
    public async Task What_the_broker_publishes_itself_is_counted_apart_from_what_clients_publish()
    {
        await StartAsync();
        var statistics = Host.Service<BrokerStatistics>();
        for (var i = 0; i < 2; i++)
        {
            Host.Broker.PublishOwn(new PublishRequest($"$SYS/broker/{i}", Encoding.UTF8.GetBytes("1"), Retain: true));
        }

        statistics.Sample();
        Assert.True(statistics.Latest is { SystemTopics: >= 2, SystemRetained: >= 2 });
        Assert.Equal((0, 0), (statistics.Latest.OwnTopics, statistics.Latest.OwnRetained));

        foreach (var topic in (string[])["$SYSTEM/of/a/client", "house", "house/lamp"])
        {
            Host.Broker.Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes("1"), Retain: true));
        }

        statistics.Sample();
        Assert.Equal((3, 3), (statistics.Latest.OwnTopics, statistics.Latest.OwnRetained));
    }
}
