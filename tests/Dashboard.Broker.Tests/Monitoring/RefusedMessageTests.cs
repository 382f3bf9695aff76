using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

/// <summary>A message that the broker refuses, as whoever looks at messages sees it.</summary>
public sealed class RefusedMessageTests
{
    private const ProtocolVersion V5 = ProtocolVersion.V500;

    private readonly EngineHost _engine = new();

    [Fact]
    public void What_the_rules_refuse_is_seen_with_its_cause_and_is_not_the_last_value()
    {
        using var stream = _engine.Streams.Open("#");
        _engine.Options.MaxTopicLevels = 3;
        var publisher = _engine.Connect("p", V5);
        Publish(publisher, "a/b/c/d", "too deep");
        Publish(publisher, "t", [0xFF], new Properties { PayloadFormatIsUtf8 = true, ContentType = "text/plain" });
        Publish(publisher, "t", "fine");

        var messages = stream.Newest(10);
        Assert.Equal([null, EventCode.CauseNotUtf8, EventCode.CauseTopicLevels], messages.Select(message => message.Refusal?.Cause.Code));
        Assert.Equal([null, ReasonCode.PayloadFormatInvalid, ReasonCode.TopicNameInvalid], messages.Select(message => message.Refusal?.Reason));
        Assert.Equal(("p", "text/plain", 0), (messages[1].Publisher, messages[1].Properties?.ContentType, messages[1].Sent + messages[1].Queued + messages[1].Dropped));
        Assert.Equal("fine"u8, _engine.Topics.History("t").Single().Payload);
        Assert.Null(_engine.Topics.Find("a/b/c/d"));
    }

    [Fact]
    public void The_topics_of_the_broker_are_seen_by_whoever_asks_for_them()
    {
        using var all = _engine.Streams.Open("#");
        using var system = _engine.Streams.Open("$SYS/#");

        Publish(_engine.Connect("p", V5), "$SYS/broker/version", "mine");

        Assert.Equal(0, all.Arrived);
        Assert.Equal((ReasonCode.NotAuthorized, EventCode.CauseOnlyBroker), Refusal(Assert.Single(system.Newest(10))));
    }

    [Theory]
    [InlineData(V5, QualityOfService.AtMostOnce, "Refused")]
    [InlineData(V5, QualityOfService.AtLeastOnce, "Refused PubAck:NotAuthorized")]
    [InlineData(V5, QualityOfService.ExactlyOnce, "Refused PubRec:NotAuthorized")]
    [InlineData(ProtocolVersion.V311, QualityOfService.AtLeastOnce, "Refused PubAck:Success")]
    [InlineData(ProtocolVersion.V311, QualityOfService.ExactlyOnce, "Refused PubRec:Success")]
    public void Its_journey_ends_with_what_its_publisher_is_told(ProtocolVersion version, QualityOfService qos, string steps)
    {
        using var stream = _engine.Streams.Open("$SYS/#");

        Publish(_engine.Connect("p", version), "$SYS/x", "1", qos, version);

        var journey = Journey(stream);
        Assert.Equal(("$SYS/x", "p", ReasonCode.NotAuthorized), (journey.Topic, journey.Publisher, journey.Refusal?.Reason));
        Assert.Equal(ReasonCode.NotAuthorized, journey.Moments[0].Reason);
        Assert.Equal(steps, string.Join(' ', journey.Moments.Select((moment, i) => i == 0 ? $"{moment.Stage}" : $"{moment.Stage}:{moment.Reason}")));
        Assert.Empty(journey.Receivers);
    }

    [Fact]
    public void Where_the_options_say_so_it_ends_with_the_connection()
    {
        _engine.Options.RefusedPublishPolicy = RefusedPublishPolicy.Disconnect;
        using var stream = _engine.Streams.Open("$SYS/#");

        Assert.ThrowsAny<Exception>(() => Publish(_engine.Connect("p", ProtocolVersion.V311), "$SYS/x", "1", QualityOfService.AtLeastOnce, ProtocolVersion.V311));

        Assert.Equal("Refused PublisherClosed", Stages(Journey(stream)));
    }

    [Fact]
    public void So_does_one_above_the_receive_maximum()
    {
        _engine.Options.ReceiveMaximum = 1;
        using var stream = _engine.Streams.Open("#");
        var publisher = _engine.Connect("p", V5);
        Publish(publisher, "t", "1", QualityOfService.ExactlyOnce);

        Assert.ThrowsAny<Exception>(() => publisher.Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = new byte[1], QoS = QualityOfService.ExactlyOnce, PacketId = 2 })));

        Assert.Equal((ReasonCode.ReceiveMaximumExceeded, EventCode.CauseReceiveMaximum), Refusal(stream.Newest(1)[0]));
        Assert.Equal("Refused PublisherClosed", Stages(Journey(stream)));
    }

    [Fact]
    public void What_cannot_be_stored_says_so()
    {
        var engine = new EngineHost(new SteppedStore { Failure = "disk full" });
        using var stream = engine.Streams.Open("#");

        engine.Connect("p", V5).Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = new byte[1], QoS = QualityOfService.AtLeastOnce, Retain = true, PacketId = 1 }));

        var message = Assert.Single(stream.Newest(10));
        Assert.Equal("messages cannot be stored now (disk full)", message.Refusal?.Cause.English);
        Assert.Equal("Refused PubAck", Stages(engine.Journeys.Find(message.Sequence)!));
    }

    [Fact]
    public void A_full_retained_store_is_told_to_those_who_ask_only_for_what_was_refused()
    {
        _engine.Options.MaxRetainedBytes = 10;
        using var stream = _engine.Streams.Open(new StreamFilter(["#"]) { Traits = message => message.IsRefused });
        var publisher = _engine.Connect("p", V5);
        Publish(publisher, "t", "1");

        publisher.Feed(Wire.Encode(V5, new PublishPacket { Topic = "t", Payload = new byte[20], Retain = true, QoS = QualityOfService.AtLeastOnce, PacketId = 1 }));

        Assert.Equal((ReasonCode.QuotaExceeded, EventCode.CauseRetainedFull), Refusal(Assert.Single(stream.Newest(10))));
        Assert.Equal("RetainedFull PubAck", Stages(Journey(stream)));
    }

    [Fact]
    public void It_is_held_within_the_same_caps()
    {
        _engine.Options.Monitoring.MaxPayloadBytes = 64;
        using var stream = _engine.Streams.Open("$SYS/#");
        var publisher = _engine.Connect("p", V5);

        for (var i = 0; i < _engine.Options.Monitoring.StreamRate + 10; i++)
        {
            Publish(publisher, "$SYS/x", new string('x', 1_000));
        }

        Assert.Equal((1_000, 64), (stream.Newest(1)[0].PayloadSize, stream.Newest(1)[0].Payload.Length));
        Assert.Equal(10, stream.NotCaptured);
        Assert.Equal(_engine.Options.Monitoring.JourneyRate, _engine.Journeys.Count);
    }

    [Fact]
    public void A_refused_message_costs_no_memory_while_nobody_looks()
    {
        var publisher = _engine.Connect("p", V5);
        var packet = Wire.Encode(V5, new PublishPacket { Topic = "$SYS/x", Payload = new byte[10] });
        publisher.Feed(packet); // the first is told in the story
        publisher.Feed(packet);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            publisher.Feed(packet);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000);
    }

    [Fact]
    public void However_many_look_a_flood_of_refusals_costs_little_memory()
    {
        for (var i = 0; i < 50; i++)
        {
            _engine.Streams.Open("$SYS/#");
        }

        var publisher = _engine.Connect("p", V5);
        var packet = Wire.Encode(V5, new PublishPacket { Topic = "$SYS/x", Payload = new byte[10] });
        for (var i = 0; i < _engine.Options.Monitoring.StreamRate + 10; i++)
        {
            publisher.Feed(packet);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            publisher.Feed(packet);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 0, 400);
    }

    [Fact]
    public void A_page_that_is_opened_later_sees_the_next_refusal()
    {
        using var first = _engine.Streams.Open("$SYS/#");
        var publisher = _engine.Connect("p", V5);
        Publish(publisher, "$SYS/x", "1");
        using var second = _engine.Streams.Open("$SYS/x");
        Publish(publisher, "$SYS/x", "2");
        Publish(publisher, "$SYS/y", "3");

        Assert.Equal((3, 1), (first.Arrived, second.Arrived));
    }

    private Journey Journey(MessageStream stream) => _engine.Journeys.Find(stream.Newest(1)[0].Sequence)!;

    private static string Stages(Journey journey) => string.Join(' ', journey.Moments.Select(moment => moment.Stage));

    private static (ReasonCode, EventCode) Refusal(MessageRecord message) => (message.Refusal!.Reason, message.Refusal.Cause.Code);

    private static void Publish(MemoryClient publisher, string topic, string payload, QualityOfService qos = QualityOfService.AtMostOnce, ProtocolVersion version = V5) =>
        publisher.Feed(Wire.Encode(version, new PublishPacket { Topic = topic, Payload = System.Text.Encoding.UTF8.GetBytes(payload), QoS = qos, PacketId = (ushort)(qos == QualityOfService.AtMostOnce ? 0 : 1) }));

    private static void Publish(MemoryClient publisher, string topic, byte[] payload, Properties properties) =>
        publisher.Feed(Wire.Encode(V5, new PublishPacket { Topic = topic, Payload = payload, Properties = properties }));
}
