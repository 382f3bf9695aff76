using System.Text;
using BenchmarkDotNet.Attributes;
using Dashboard.Broker;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Benchmarks.Micro;

/// <summary>From the bytes of a topic to its subscribers, among many topics and many filters with wildcards.</summary>
public class RoutingBenchmarks
{
    private const int Topics = 10_000;

    private readonly TopicTable _topics = new(2 * Topics);
    private readonly byte[][] _names = [.. Enumerable.Range(0, Topics).Select(i => Encoding.UTF8.GetBytes($"site/{i}/sensor/temperature"))];
    private SubscriptionIndex? _index;
    private Topic? _known;
    private int _next;

    [Params(100, 100_000)]
    public int Filters { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _index = new SubscriptionIndex(_topics);
        var subscriber = new SilentSubscriber();
        for (var i = 0; i < Filters; i++)
        {
            _index.Add($"site/{i}/+/#", new Subscription(subscriber, QualityOfService.AtMostOnce, NoLocal: false, RetainAsPublished: false, Ids: null));
        }

        Array.ForEach(_names, name => _topics.Get(name));
        _known = _topics.Get(_names[1]);
    }

    [Benchmark]
    public object LookUpTopic()
    {
        _next = (_next + 1) % Topics;
        return _topics.Get(_names[_next]);
    }

    [Benchmark]
    public object RouteOfKnownTopic() => _index!.RouteOf(_known!);

    /// <summary>What the first message on a topic pays, and the first after a change of subscriptions.</summary>
    [Benchmark]
    public object MatchAnew()
    {
        _known!.CachedRoute = null;
        return _index!.RouteOf(_known);
    }

    [Benchmark]
    public bool MatchOneFilter() => TopicFilter.Matches("site/+/sensor/#", _known!.Name);

    private sealed class SilentSubscriber : ISubscriber
    {
        public bool IsConnected => true;

        public bool IsKept => false;

        public Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch) => Delivery.Skipped;

        public void CountDropped(DropReason reason, DeliveryBatch batch)
        {
        }
    }
}
