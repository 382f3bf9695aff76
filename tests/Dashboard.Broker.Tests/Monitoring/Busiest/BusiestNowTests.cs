using Dashboard.Broker.Monitoring.Busiest;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Monitoring.Busiest;

public sealed class BusiestNowTests : BrokerTest
{
    [Fact]
    public async Task Topics_are_ranked_by_what_they_carried_since_the_last_look()
    {
        await StartAsync();
        var busiest = Host.Service<BusiestNow>();
        Publish("often", 3, bytes: 1);
        Publish("large", 1, bytes: 100);
        var first = busiest.Get();
        Assert.Equal(["often", "large"], first.TopicsByMessages.Select(topic => topic.Name));
        Assert.Equal(["large", "often"], first.TopicsByBytes.Select(topic => topic.Name));

        Publish("large", 2, bytes: 100);
        Assert.Same(first, busiest.Get());
        Time.Advance(BusiestNow.LookEvery);

        Assert.Equal(new Busy("large", 2, 200), Assert.Single(busiest.Get().TopicsByMessages));
        Assert.Equal(first.Until, busiest.Get().Since);
    }

    [Fact]
    public async Task Only_the_busiest_of_many_are_kept()
    {
        await StartAsync();
        for (var i = 1; i <= 30; i++)
        {
            Publish($"t/{i:00}", i, bytes: 1);
        }

        var ranking = Host.Service<BusiestNow>().Get().TopicsByMessages;

        Assert.Equal(Enumerable.Range(23, 8).Reverse().Select(i => $"t/{i:00}"), ranking.Select(topic => topic.Name));
    }

    private void Publish(string topic, int times, int bytes)
    {
        for (var i = 0; i < times; i++)
        {
            Host.Broker.Publish(new PublishRequest(topic, new byte[bytes]));
        }
    }
}
