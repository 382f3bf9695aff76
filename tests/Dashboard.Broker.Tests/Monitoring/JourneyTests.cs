using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

/// <summary>What is told of a message that an open Messages page watches, from the bytes of its PUBLISH to the last acknowledgement.</summary>
public sealed class JourneyTests
{
    private const ProtocolVersion V5 = ProtocolVersion.V500;

    private readonly EngineHost _engine = new();

    [Fact]
    public void Nothing_is_recorded_unless_somebody_watches_the_topic()
    {
        var publisher = _engine.Connect("p", V5);
        Publish(publisher, "t");
        using var other = _engine.Streams.Open("elsewhere/#");
        Publish(publisher, "t");

        Assert.Equal(0, _engine.Journeys.Count);
    }

    [Fact]
    public void A_receiver_at_QoS_0_matched_and_was_sent_to()
    {
        Client("s", "sensors/+", QualityOfService.ExactlyOnce);

        var journey = Publish("sensors/1");

        var receiver = Assert.Single(journey.Receivers);
        Assert.Equal(("sensors/1", "p", "s", QualityOfService.ExactlyOnce, 0), (journey.Topic, journey.Publisher, receiver.ClientId, receiver.QoS, receiver.GroupMembers));
        Assert.Equal("sensors/+", Assert.Single(receiver.Filters));
        Assert.Equal("Matched Sent", Stages(receiver));
    }

    [Fact]
    public void Every_acknowledgement_is_a_moment_after_the_arrival()
    {
        var one = Client("one", "t", QualityOfService.AtLeastOnce);
        var two = Client("two", "t", QualityOfService.ExactlyOnce);
        var sequence = Publish("t", QualityOfService.ExactlyOnce).Sequence;

        _engine.Time.Advance(TimeSpan.FromMilliseconds(5));
        one.Feed(Ack(PacketType.PubAck));
        two.Feed(Ack(PacketType.PubRec));
        _engine.Time.Advance(TimeSpan.FromMilliseconds(2));
        two.Feed(Ack(PacketType.PubComp));

        var receivers = _engine.Journeys.Find(sequence)!.Receivers;
        Assert.Equal("Matched Sent PubAck", Stages(receivers.Single(receiver => receiver.ClientId == "one")));
        var moments = receivers.Single(receiver => receiver.ClientId == "two").Moments;
        Assert.Equal([JourneyStage.Matched, JourneyStage.Sent, JourneyStage.PubRec, JourneyStage.PubComp], moments.Select(moment => moment.Stage));
        Assert.Equal([0, 0, 5, 7], moments.Select(moment => moment.After.TotalMilliseconds));
    }

    [Fact]
    public void A_refused_message_ends_with_its_reason_code()
    {
        var subscriber = Client("s", "t", QualityOfService.AtLeastOnce);
        var sequence = Publish("t", QualityOfService.AtLeastOnce).Sequence;

        subscriber.Feed(new byte[] { 0x40, 3, 0, 1, (byte)ReasonCode.QuotaExceeded });

        Assert.Equal(new JourneyMoment(JourneyStage.PubAck, TimeSpan.Zero, ReasonCode.QuotaExceeded), Assert.Single(_engine.Journeys.Find(sequence)!.Receivers).Moments[^1]);
    }

    [Fact]
    public void What_waits_for_an_acknowledgement_of_others_is_queued_and_then_sent()
    {
        var subscriber = Client("s", "t", QualityOfService.AtLeastOnce, receiveMaximum: 1);
        Publish("t", QualityOfService.AtLeastOnce);
        var second = Publish("t", QualityOfService.AtLeastOnce).Sequence;
        Assert.Equal("Matched Queued", Stages(Assert.Single(_engine.Journeys.Find(second)!.Receivers)));

        subscriber.Feed(Ack(PacketType.PubAck));

        Assert.Equal("Matched Queued Sent", Stages(Assert.Single(_engine.Journeys.Find(second)!.Receivers)));
    }

    [Fact]
    public void What_is_lost_says_to_which_limit()
    {
        _engine.Options.MaxQueuedMessages = 1;
        Client("s", "t", QualityOfService.AtLeastOnce, receiveMaximum: 1);
        Publish("t", QualityOfService.AtLeastOnce);
        var oldest = Publish("t", QualityOfService.AtLeastOnce).Sequence;
        _engine.Options.QueueDropPolicy = QueueDropPolicy.Oldest;
        Publish("t", QualityOfService.AtLeastOnce);
        _engine.Options.QueueDropPolicy = QueueDropPolicy.Newest;

        Assert.Equal("Matched QueueFull", Stages(Assert.Single(Publish("t", QualityOfService.AtLeastOnce).Receivers)));
        Assert.Equal("Matched Queued Displaced", Stages(Assert.Single(_engine.Journeys.Find(oldest)!.Receivers)));
    }

    [Fact]
    public void A_message_that_a_client_does_not_take_says_why()
    {
        var self = Connect("p");
        self.Feed(Wire.Encode(V5, new SubscribePacket(1, [new SubscriptionRequest("t", QualityOfService.AtLeastOnce) { NoLocal = true }])));
        var small = Connect("small", new Properties { MaximumPacketSize = 30 });
        small.Subscribe("t", QualityOfService.AtLeastOnce);
        using var stream = _engine.Streams.Open("#");

        self.Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = new byte[64], QoS = QualityOfService.AtLeastOnce, PacketId = 1 }));

        var journey = _engine.Journeys.Find(stream.Newest(1)[0].Sequence)!;
        Assert.Equal("Matched NoLocal", Stages(journey.Receivers.Single(receiver => receiver.ClientId == "p")));
        Assert.Equal("Matched TooLarge", Stages(journey.Receivers.Single(receiver => receiver.ClientId == "small")));
    }

    [Fact]
    public void A_shared_subscription_names_its_group_and_the_member_it_chose()
    {
        Client("a", "$share/team/t/#", QualityOfService.AtMostOnce);
        Client("b", "$share/team/t/#", QualityOfService.AtMostOnce);
        Client("own", "t/#", QualityOfService.AtMostOnce);

        var receivers = Publish("t/1").Receivers;

        Assert.Equal(2, receivers.Count);
        var chosen = receivers.Single(receiver => receiver.GroupMembers > 0);
        Assert.Equal(("$share/team/t/#", 2, "Matched Sent"), (Assert.Single(chosen.Filters), chosen.GroupMembers, Stages(chosen)));
    }

    [Fact]
    public void Overlapping_subscriptions_are_one_receiver_with_all_its_filters()
    {
        var subscriber = Client("s", "t/#", QualityOfService.AtMostOnce);
        subscriber.Subscribe("t/1", QualityOfService.AtLeastOnce);

        var receiver = Assert.Single(Publish("t/1").Receivers);

        Assert.Equal(["t/#", "t/1"], receiver.Filters.Order());
        Assert.Equal(QualityOfService.AtLeastOnce, receiver.QoS);
    }

    [Fact]
    public void Receivers_beyond_the_limit_are_a_number()
    {
        _engine.Options.Monitoring.JourneyReceivers = 3;
        for (var i = 0; i < 5; i++)
        {
            Client($"s{i}", "t", QualityOfService.AtMostOnce);
        }

        var journey = Publish("t");

        Assert.Equal((3, 2), (journey.Receivers.Count, journey.MoreReceivers));
    }

    [Fact]
    public void Only_the_newest_journeys_are_kept()
    {
        _engine.Options.Monitoring.Journeys = 2;
        var first = Publish("t").Sequence;
        Publish("t");
        var last = Publish("t").Sequence;

        Assert.Equal((2, null, true), (_engine.Journeys.Count, _engine.Journeys.Find(first), _engine.Journeys.HasLetGo(first)));
        Assert.False(_engine.Journeys.HasLetGo(last));
    }

    [Fact]
    public void The_bytes_of_all_journeys_have_a_limit()
    {
        _engine.Options.Monitoring.JourneyBytes = 64 * 1024;
        for (var i = 0; i < 50; i++)
        {
            Client($"s{i}", "t", QualityOfService.AtMostOnce);
        }

        for (var i = 0; i < 100; i++)
        {
            Publish("t");
        }

        Assert.InRange(_engine.Journeys.Bytes, 1, 64 * 1024 + 20_000);
        Assert.InRange(_engine.Journeys.Count, 1, 10);
    }

    [Fact]
    public void In_a_flood_some_have_a_journey_and_those_are_captured()
    {
        _engine.Options.Monitoring.JourneyRate = 5;
        _engine.Options.Monitoring.StreamRate = 10;
        var publisher = _engine.Connect("p", V5);
        using var stream = _engine.Streams.Open("t");
        for (var i = 0; i < 100; i++)
        {
            Publish(publisher, "t");
        }

        _engine.Time.Advance(TimeSpan.FromMilliseconds(200));
        Publish(publisher, "t");
        Assert.Equal(6, _engine.Journeys.Count);
        Assert.NotNull(_engine.Journeys.Find(stream.Newest(1)[0].Sequence));
    }

    [Fact]
    public void A_condition_on_payloads_does_not_spend_the_journeys_on_messages_that_nobody_sees()
    {
        _engine.Options.Monitoring.JourneyRate = 5;
        var publisher = _engine.Connect("p", V5);
        using var stream = _engine.Streams.Open(new StreamFilter(["t"]) { Content = record => record.Payload[0] == 7 });

        for (var i = 1; i <= 200; i++)
        {
            Publish(publisher, "t", payload: (byte)(i % 50 == 0 ? 7 : 1));
            Assert.True(SpinWait.SpinUntil(() => _engine.Journeys.OnTrial == 0, Eventually.Patience));
        }

        var seen = stream.Newest(10);
        Assert.Equal(4, seen.Count);
        Assert.All(seen, message => Assert.NotNull(_engine.Journeys.Find(message.Sequence)));
        Assert.Equal(4, _engine.Journeys.Count);
    }

    [Fact]
    public void What_no_page_took_leaves_nothing_behind()
    {
        var publisher = _engine.Connect("p", V5);
        Client("s", "t", QualityOfService.AtMostOnce);
        using var stream = _engine.Streams.Open(new StreamFilter(["t"]) { Content = _ => false });

        Publish(publisher, "t");

        Assert.True(SpinWait.SpinUntil(() => _engine.Journeys.OnTrial == 0, Eventually.Patience));
        Assert.Equal((0, 0L), (_engine.Journeys.Count, _engine.Journeys.Bytes));
    }

    [Fact]
    public void A_message_of_which_one_page_has_a_payload_condition_and_another_has_none_is_kept()
    {
        using var examining = _engine.Streams.Open(new StreamFilter(["t"]) { Content = _ => false });

        Assert.NotNull(Publish("t"));
    }

    [Fact]
    public void The_publisher_is_acknowledged_after_the_receivers_are_served()
    {
        Client("s", "t", QualityOfService.AtMostOnce);
        var once = Publish("t", QualityOfService.AtLeastOnce);
        Assert.Equal("PubAck", Stages(once.Moments));
        Assert.Equal(ReasonCode.NoMatchingSubscribers, Assert.Single(Publish("nobody", QualityOfService.AtLeastOnce).Moments).Reason);
        Assert.Empty(Publish("t").Moments);

        using var stream = _engine.Streams.Open("#");
        var publisher = Connect("p");
        Publish(publisher, "t", QualityOfService.ExactlyOnce);
        var sequence = stream.Newest(1)[0].Sequence;
        Assert.Equal("PubRec", Stages(_engine.Journeys.Find(sequence)!.Moments));
        _engine.Time.Advance(TimeSpan.FromMilliseconds(3));

        publisher.Feed(new byte[] { 0x62, 2, 0, 1 });

        var moments = _engine.Journeys.Find(sequence)!.Moments;
        Assert.Equal("PubRec PubComp", Stages(moments));
        Assert.Equal(3, moments[1].After.TotalMilliseconds);
    }

    [Fact]
    public void What_has_to_be_stored_is_acknowledged_after_the_commit()
    {
        var store = new SteppedStore { IsHeld = true };
        var engine = new EngineHost(store);
        using var stream = engine.Streams.Open("#");
        engine.Connect("p", V5).Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = new byte[1], QoS = QualityOfService.AtLeastOnce, Retain = true, PacketId = 1 }));
        var sequence = stream.Newest(1)[0].Sequence;
        Assert.Equal("RetainedStored Held", Stages(engine.Journeys.Find(sequence)!.Moments));
        engine.Time.Advance(TimeSpan.FromMilliseconds(4));

        store.Commit();

        var moments = engine.Journeys.Find(sequence)!.Moments;
        Assert.Equal("RetainedStored Held PubAck", Stages(moments));
        Assert.Equal(4, moments[2].After.TotalMilliseconds);
    }

    [Fact]
    public void The_retained_store_says_what_it_did()
    {
        Assert.Equal("RetainedStored", Stages(Retain([1]).Moments));
        Assert.Equal("RetainedReplaced", Stages(Retain([2]).Moments));
        Assert.Equal("RetainedCleared", Stages(Retain([]).Moments));
        Assert.Equal("RetainedNothing", Stages(Retain([]).Moments));

        _engine.Options.MaxRetainedBytes = 10;
        Assert.Equal("RetainedFull PubAck", Stages(Retain(new byte[20], QualityOfService.AtLeastOnce).Moments));
    }

    [Fact]
    public void A_message_that_the_full_store_refused_is_seen_and_is_not_the_last_value()
    {
        _engine.Options.MaxRetainedBytes = 10;
        using var stream = _engine.Streams.Open("#");

        Publish(Connect("p"), "t", retain: true, payload: 1);
        Publish(Connect("p"), "a/longer/topic", retain: true, payload: 1);

        Assert.Equal([true, false], stream.Newest(10).Select(message => message.Refusal is { Reason: ReasonCode.QuotaExceeded, Cause.Code: EventCode.CauseRetainedFull }));
        Assert.Empty(_engine.Topics.History("a/longer/topic"));
    }

    private Journey Retain(byte[] payload, QualityOfService qos = QualityOfService.AtMostOnce)
    {
        using var stream = _engine.Streams.Open("#");
        Connect("p").Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = payload, QoS = qos, Retain = true, PacketId = (ushort)(qos == QualityOfService.AtMostOnce ? 0 : 1) }));
        return _engine.Journeys.Find(Assert.Single(stream.Newest(10)).Sequence)!;
    }

    private MemoryClient Connect(string clientId, Properties? properties = null) => _engine.Connect(clientId, V5, properties);

    private MemoryClient Client(string clientId, string filter, QualityOfService qos, ushort? receiveMaximum = null)
    {
        var client = Connect(clientId, receiveMaximum is null ? null : new Properties { ReceiveMaximum = receiveMaximum });
        client.Subscribe(filter, qos);
        return client;
    }

    /// <summary>Publishes while a page is open, and returns the journey as it is then.</summary>
    private Journey Publish(string topic, QualityOfService qos = QualityOfService.AtMostOnce)
    {
        using var stream = _engine.Streams.Open("#");
        Publish(Connect("p"), topic, qos);
        return _engine.Journeys.Find(Assert.Single(stream.Newest(10)).Sequence)!;
    }

    private static void Publish(MemoryClient publisher, string topic, QualityOfService qos = QualityOfService.AtMostOnce, bool retain = false, byte payload = 1) =>
        publisher.Feed(Wire.Encode(V5, new PublishPacket { Topic = topic, Payload = new byte[] { payload }, QoS = qos, Retain = retain, PacketId = (ushort)(qos == QualityOfService.AtMostOnce ? 0 : 1) }));

    private static byte[] Ack(PacketType type) => [(byte)((int)type << 4), 2, 0, 1];

    private static string Stages(JourneyReceiver receiver) => Stages(receiver.Moments);

    private static string Stages(IEnumerable<JourneyMoment> moments) => string.Join(' ', moments.Select(moment => moment.Stage));
}
