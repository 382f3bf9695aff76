using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Sessions;

public sealed class ReceiverSearchTests
{
    private readonly MqttBroker _broker = new(new BrokerOptions(), new MemoryStore(), new SilentObserver(), TimeProvider.System);

    [Fact]
    public void A_receiver_has_its_filters_and_the_lower_QoS()
    {
        Connect("a", ("house/+", QualityOfService.AtLeastOnce), ("house/#", QualityOfService.AtMostOnce), ("garden", QualityOfService.AtMostOnce));

        var receiver = Assert.Single(_broker.WhoReceives("house/door", QualityOfService.ExactlyOnce).Sessions);

        Assert.Equal(("a", true, QualityOfService.AtLeastOnce), (receiver.ClientId, receiver.IsConnected, receiver.QoS));
        Assert.Equal(["house/#", "house/+"], receiver.Filters.Order());
        Assert.Equal(QualityOfService.AtMostOnce, _broker.WhoReceives("house/door", QualityOfService.AtMostOnce).Sessions[0].QoS);
    }

    [Fact]
    public void An_offline_session_is_a_receiver_that_is_not_connected()
    {
        var (session, connection) = Connect("a", ("house/#", QualityOfService.AtLeastOnce));
        _broker.Sessions.Close(session, connection, publishWill: false, expiryInterval: 3600);

        Assert.False(Assert.Single(_broker.WhoReceives("house/door", QualityOfService.AtLeastOnce).Sessions).IsConnected);
    }

    [Fact]
    public void All_are_counted_and_the_first_are_listed()
    {
        for (var i = 0; i < 120; i++)
        {
            var (session, connection) = Connect($"c{i:000}", ("a/#", QualityOfService.AtLeastOnce), ($"$share/g{i:000}/a/#", QualityOfService.AtLeastOnce));
            if (i >= 50)
            {
                _broker.Sessions.Close(session, connection, publishWill: false, expiryInterval: 3600);
            }
        }

        var reach = _broker.WhoReceives("a/b", QualityOfService.AtLeastOnce, most: 20);

        Assert.Equal((120, 70, 120, 200), (reach.Total, reach.Offline, reach.TotalGroups, reach.NotListed));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"c{i:000}"), reach.Sessions.Select(session => session.ClientId));
        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"g{i:000}"), reach.Groups.Select(group => group.Name));
        Assert.Equal(0, _broker.WhoReceives("a/b", QualityOfService.AtLeastOnce, most: 1_000).NotListed);
    }

    [Fact]
    public void A_shared_subscription_is_a_group()
    {
        Connect("a", ("$share/workers/jobs/#", QualityOfService.AtLeastOnce));
        Connect("b", ("$share/workers/jobs/#", QualityOfService.AtLeastOnce));

        var receivers = _broker.WhoReceives("jobs/1", QualityOfService.AtLeastOnce);

        Assert.Empty(receivers.Sessions);
        Assert.Equal(new ReceiverGroup("workers", "jobs/#", 2, 2), Assert.Single(receivers.Groups));
    }

    [Fact]
    public void When_nobody_receives_it_the_nearest_miss_is_named()
    {
        Connect("a", ("garden/pump", QualityOfService.AtMostOnce), ("sensors/1/Temp", QualityOfService.AtMostOnce), ("sensors/1/Tempo", QualityOfService.AtMostOnce));

        var receivers = _broker.WhoReceives("sensors/1/temp", QualityOfService.AtMostOnce);

        Assert.Equal(0, receivers.Total);
        Assert.Equal(("a", "sensors/1/Temp"), (receivers.NearMiss!.ClientId, receivers.NearMiss.Filter));
        Assert.Contains("upper and lower case", receivers.NearMiss.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_miss_is_found_among_many_subscriptions()
    {
        Connect("many", [.. Enumerable.Range(0, 5_000).Select(i => ($"garden/{i}/pump", QualityOfService.AtMostOnce))]);
        Connect("last", ("sensors/1/Temp", QualityOfService.AtMostOnce));

        var receivers = _broker.WhoReceives("sensors/1/temp", QualityOfService.AtMostOnce);

        Assert.True(receivers.NearMiss?.ClientId == "last" || receivers.ComparedOnly > 0, $"{receivers.NearMiss}");
    }

    [Fact]
    public void The_search_for_a_near_miss_ends_when_its_time_is_over_and_says_how_far_it_came()
    {
        var broker = new MqttBroker(new BrokerOptions(), new MemoryStore(), new SilentObserver(), new HurriedTime());
        Connect(broker, "many", [.. Enumerable.Range(0, 5_000).Select(i => ($"garden/{i}/pump", QualityOfService.AtMostOnce))]);

        Assert.InRange(broker.WhoReceives("sensors/1/temp", QualityOfService.AtMostOnce).ComparedOnly ?? 0, 1, 1_000);
    }

    [Fact]
    public void What_is_far_from_every_subscription_has_no_near_miss()
    {
        Connect("a", ("garden/pump", QualityOfService.AtMostOnce));

        Assert.Null(_broker.WhoReceives("sensors/1/temp", QualityOfService.AtMostOnce).NearMiss);
    }

    [Theory]
    [InlineData("")]
    [InlineData("house/#")]
    public void Nobody_receives_a_topic_that_is_not_valid(string topic)
    {
        Connect("a", ("#", QualityOfService.AtMostOnce));

        Assert.Equal(0, _broker.WhoReceives(topic, QualityOfService.AtMostOnce).Total);
    }

    [Fact]
    public void Asking_leaves_nothing_behind()
    {
        Connect("a", ("#", QualityOfService.AtMostOnce));

        _broker.WhoReceives("only/typed", QualityOfService.AtMostOnce);

        Assert.Equal(0, _broker.Topics.Count);
    }

    [Fact]
    public void Who_listens_to_everything_hides_no_near_miss()
    {
        Connect("logger", ("#", QualityOfService.AtMostOnce));
        Connect("loggers", ("$share/all/#", QualityOfService.AtMostOnce));
        Connect("pi", ("house/light", QualityOfService.AtMostOnce));

        Assert.Equal("pi", _broker.WhoReceives("House/light", QualityOfService.AtMostOnce).NearMiss?.ClientId);
        Assert.Null(_broker.WhoReceives("house/light", QualityOfService.AtMostOnce).NearMiss);
        Connect("own", ("House/+", QualityOfService.AtMostOnce));
        Assert.Null(_broker.WhoReceives("House/light", QualityOfService.AtMostOnce).NearMiss);
    }

    private (Session Session, FakeConnection Connection) Connect(string clientId, params (string Filter, QualityOfService QoS)[] subscriptions) => Connect(_broker, clientId, subscriptions);

    private static (Session Session, FakeConnection Connection) Connect(MqttBroker broker, string clientId, params (string Filter, QualityOfService QoS)[] subscriptions)
    {
        var connection = new FakeConnection();
        var session = broker.Sessions.Open(connection, clientId, new ConnectPacket { ClientId = clientId }, expiryInterval: 3600, new DeliveryBatch())!;
        foreach (var (filter, qos) in subscriptions)
        {
            session.TrySetSubscription(new SessionSubscription(new SubscriptionRequest(filter, qos), Id: null), out _);
            broker.Subscriptions.Add(filter, new Subscription(session, qos, NoLocal: false, RetainAsPublished: false, Ids: null));
        }

        return (session, connection);
    }

    /// <summary>30 ms pass between any two looks at it.</summary>
    private sealed class HurriedTime : TimeProvider
    {
        private long _now;

        public override long GetTimestamp() => _now += TimestampFrequency * 30 / 1_000;
    }

    private sealed class FakeConnection : IClientConnection
    {
        public ProtocolVersion Version => ProtocolVersion.V500;

        public int ReceiveMaximum => 10;

        public long MaximumPacketSize => 1_000;

        public bool HasRoom => true;

        public void Accept(Session session, bool sessionPresent, DeliveryBatch batch)
        {
        }

        public bool TrySend(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch) => true;

        public void Send(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch)
        {
        }

        public void Close(ReasonCode reason, EventText cause)
        {
        }
    }
}
