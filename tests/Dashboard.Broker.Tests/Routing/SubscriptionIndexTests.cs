using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Routing;

public sealed class SubscriptionIndexTests
{
    private readonly TopicTable _topics = new(1000);
    private readonly SubscriptionIndex _index;

    public SubscriptionIndexTests() => _index = new SubscriptionIndex(_topics);

    [Theory]
    [InlineData("a/b", "a/b", "a/c")]
    [InlineData("a/+", "a/b", "a/b/c")]
    [InlineData("a/#", "a", "b")]
    [InlineData("a/#", "a/b/c", "ab/c")]
    [InlineData("#", "x/y", "$x/y")]
    [InlineData("+/b", "a/b", "$a/b")]
    [InlineData("/+", "/", "a/")]
    [InlineData("+//+", "a//b", "a/b")]
    [InlineData("$SYS/+", "$SYS/x", "SYS/x")]
    public void A_route_holds_exactly_who_matches(string filter, string matching, string other)
    {
        var subscriber = new FakeSubscriber();
        Add(filter, subscriber);
        Assert.Equal([subscriber], Route(matching));
        Assert.Empty(Route(other));
    }

    [Fact]
    public void Matching_agrees_with_the_description_of_filters_for_random_filters_and_topics()
    {
        var random = new Random(20260303);
        string[] levels = ["a", "b", "", "$x", "+", "#"];
        for (var round = 0; round < 2000; round++)
        {
            var depth = random.Next(1, 5);
            var filter = string.Join('/', Enumerable.Range(0, depth).Select(i => levels[random.Next(i == depth - 1 ? 6 : 5)]));
            var topic = string.Join('/', Enumerable.Range(0, random.Next(1, 5)).Select(_ => levels[random.Next(4)]));
            if (filter.Length == 0 || topic.Length == 0)
            {
                continue;
            }

            var subscriber = new FakeSubscriber();
            Add(filter, subscriber);
            Assert.True(Mqtt.Topics.TopicFilter.Matches(filter, topic) == Route(topic).Contains(subscriber), $"{filter} {topic}");
            _index.Remove(filter, subscriber);
            Assert.Empty(Route(topic));
        }
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a/+")]
    [InlineData("a/#")]
    [InlineData("+/b")]
    [InlineData("#")]
    [InlineData("$share/g/a/+")]
    public void A_kept_route_is_renewed_when_a_subscription_comes_or_goes(string filter)
    {
        var topic = _topics.Get("a/b"u8);
        var before = _index.RouteOf(topic);
        Assert.Same(before, _index.RouteOf(topic));
        var subscriber = new FakeSubscriber();
        Add(filter, subscriber);
        var with = _index.RouteOf(topic);
        Assert.Equal(1, with.Subscriptions.Length + with.Groups.Length);
        Assert.Same(with, _index.RouteOf(topic));
        _index.Remove(filter, subscriber);
        var after = _index.RouteOf(topic);
        Assert.Equal(0, after.Subscriptions.Length + after.Groups.Length);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("a/c")]
    public void A_kept_route_stays_when_the_change_cannot_concern_it(string filter)
    {
        var topic = _topics.Get("a/b"u8);
        var before = _index.RouteOf(topic);
        Add(filter, new FakeSubscriber());
        Assert.Same(before, _index.RouteOf(topic));
    }

    [Fact]
    public void A_subscriber_that_matches_several_times_is_there_once_with_the_sum()
    {
        var subscriber = new FakeSubscriber();
        _index.Add("a/#", new Subscription(subscriber, QualityOfService.AtMostOnce, false, true, [1]));
        _index.Add("a/b", new Subscription(subscriber, QualityOfService.ExactlyOnce, false, false, null));
        _index.Add("+/b", new Subscription(subscriber, QualityOfService.AtLeastOnce, false, false, [3]));
        var sum = Assert.Single(_index.RouteOf(_topics.Get("a/b"u8)).Subscriptions);
        Assert.Equal((QualityOfService.ExactlyOnce, true), (sum.QoS, sum.RetainAsPublished));
        Assert.Equal([1u, 3u], sum.Ids!.Order());
    }

    [Fact]
    public void Subscriptions_are_counted_once_each()
    {
        var subscriber = new FakeSubscriber();
        Add("a", subscriber);
        Add("a", subscriber);
        Add("a", new FakeSubscriber());
        Add("$share/g/a", subscriber);
        Add("$share/g/a", subscriber);
        Assert.Equal(3, _index.Count);
        _index.Remove("never", subscriber);
        _index.Remove("a", subscriber);
        _index.Remove("a", subscriber);
        _index.Remove("$share/g/a", subscriber);
        Assert.Equal(1, _index.Count);
    }

    [Fact]
    public void A_level_that_is_left_empty_goes_and_one_that_is_used_stays()
    {
        var node = new SubscriptionNode();
        var child = node.AddChild("a");
        Assert.True(child.IsEmpty);
        child.AddChild("+");
        Assert.False(child.IsEmpty);
        child.RemoveChild("+");
        Assert.True(child.IsEmpty);

        var (stays, leaves) = (new FakeSubscriber(), new FakeSubscriber());
        Add("a/b/c", stays);
        Add("a/b/c/d/#", leaves);
        Add("a/b", leaves);
        _index.Remove("a/b/c/d/#", leaves);
        _index.Remove("a/b", leaves);
        Assert.Equal([stays], Route("a/b/c"));
        Assert.Empty(Route("a/b"));
    }

    [Fact]
    public void A_topic_that_left_the_table_is_no_longer_tracked()
    {
        var table = new TopicTable(10);
        var topics = Enumerable.Range(0, 10).Select(i => table.Get(Wire.Utf8($"t{i}"))).ToList();
        topics[3].LastUsed = -1;
        var gone = table.Sweep();
        Assert.Contains(topics[3], gone);
        Assert.All(gone, topic => Assert.False(topic.IsTracked));
        Assert.NotSame(topics[3], table.Get("t3"u8));
    }

    [Fact]
    public async Task Changes_from_many_threads_leave_routes_that_are_right()
    {
        var permanent = new FakeSubscriber();
        Add("x/+/c", permanent);
        var workers = Enumerable.Range(0, 4).Select(worker => Task.Run(() =>
        {
            var own = new FakeSubscriber($"{worker}");
            string[] filters = ["#", "x/#", $"x/{worker}/c", "+/+/c", "$share/g/x/#"];
            for (var i = 0; i < 2000; i++)
            {
                var filter = filters[i % filters.Length];
                Add(filter, own);
                var topic = _topics.Get(Wire.Utf8($"x/{i % 4}/c"));
                Assert.Contains(permanent, _index.RouteOf(topic).Subscriptions.Select(subscription => subscription.Subscriber));
                _index.Remove(filter, own);
                Assert.DoesNotContain(own, _index.RouteOf(topic).Subscriptions.Select(subscription => subscription.Subscriber));
            }
        }));
        await Task.WhenAll(workers);
        Assert.Equal(1, _index.Count);
        Assert.Equal([permanent], Route("x/0/c"));
    }

    private void Add(string filter, FakeSubscriber subscriber) =>
        _index.Add(filter, new Subscription(subscriber, QualityOfService.AtMostOnce, false, false, null));

    private IEnumerable<ISubscriber> Route(string topic) =>
        _index.RouteOf(_topics.Get(Wire.Utf8(topic))).Subscriptions.Select(subscription => subscription.Subscriber);
}
