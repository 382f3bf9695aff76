using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Broker.Tests.Fixture;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class MessageStreamTests
{
    private readonly BrokerOptions _options = new() { Monitoring = new MonitoringOptions { StreamLength = 5, StreamRate = 8 } };
    private readonly MessageStreams _streams;
    private readonly BrokerMonitor _monitor;

    public MessageStreamTests()
    {
        _streams = new MessageStreams(_options);
        _monitor = new BrokerMonitor(new TopicMonitor(_options), _streams, new JourneyLog(_options, _streams, TimeProvider.System), new ClientEventLog(_options), new ClientEventWriter(NullLogger<ClientEventWriter>.Instance));
    }

    [Fact]
    public void A_stream_captures_what_its_filter_matches_from_its_opening_to_its_end()
    {
        Publish("a/1", "before");
        var stream = _streams.Open("a/+");
        Publish("a/1", "1");
        Publish("b", "2");
        Publish("a/2", "3");
        Assert.Equal("3 1", Payloads(stream.Newest(10)));
        Assert.Equal(2, stream.Arrived);
        stream.Dispose();
        Publish("a/1", "after");
        Assert.Equal((2L, 0), (stream.Arrived, _streams.Count));
    }

    [Fact]
    public void The_ring_holds_the_newest_and_a_viewer_asks_for_what_it_has_not_seen()
    {
        using var stream = _streams.Open("#");
        for (var i = 0; i < 7; i++)
        {
            Publish("a", $"{i}");
        }

        var all = stream.Newest(100);
        Assert.Equal("6 5 4 3 2", Payloads(all));
        Assert.Equal("6 5", Payloads(stream.Newest(2)));
        Assert.Equal("6", Payloads(stream.Newest(100, after: all[1].Sequence)));
        stream.Clear();
        Assert.Empty(stream.Newest(100));
        Assert.Equal(7, stream.Arrived);
    }

    [Fact]
    public void What_comes_faster_than_the_rate_is_a_number()
    {
        using var stream = _streams.Open("#");
        for (var i = 0; i < 20; i++)
        {
            Publish("a", $"{i}");
        }

        Assert.Equal((20L, 12L), (stream.Arrived, stream.NotCaptured));
        Publish("a", "next second", now: 1_001_000);
        Assert.Equal(12, stream.NotCaptured);
    }

    [Fact]
    public void After_a_flood_the_rate_comes_back_as_time_goes_on_and_when_the_clock_is_set_back()
    {
        using var stream = _streams.Open("#");
        for (var i = 0; i < 20; i++)
        {
            Publish("a", $"{i}", now: 1_000_000);
        }

        Publish("a", "too early", now: 1_000_100);
        Publish("a", "in time", now: 1_000_125);
        Assert.Equal("in time", Payloads(stream.Newest(1)));

        Publish("a", "none left", now: 1_000_130);
        Publish("a", "set back", now: 400_000);
        Publish("a", "an eighth later", now: 400_125);
        Assert.Equal("an eighth later in time", Payloads(stream.Newest(2)));
    }

    [Fact]
    public void What_is_asked_of_a_message_and_of_its_topic_is_asked_on_its_way()
    {
        using var stream = _streams.Open(new StreamFilter(["a/#", "b"]) { NotTopics = ["a/noise"], Traits = message => message.Size > 1 });
        Publish("a/1", "long");
        Publish("a/1", "s");
        Publish("a/noise", "long");
        Publish("b", "also long");
        Publish("c", "elsewhere");

        Assert.Equal(("also long long", 2L), (Payloads(stream.Newest(9)), stream.Arrived));
    }

    [Fact]
    public async Task What_is_asked_of_a_payload_is_asked_of_a_copy_in_the_order_of_the_messages()
    {
        using var stream = _streams.Open(new StreamFilter(["#"]) { Content = message => message.Payload[0] != (byte)'x' });
        for (var i = 0; i < 3; i++)
        {
            Publish("a", $"{i}");
            Publish("a", "x");
        }

        await Eventually.Holds(() => stream.Arrived == 3, () => $"{stream.Arrived} arrived");
        Assert.Equal("2 1 0", Payloads(stream.Newest(9)));
    }

    [Fact]
    public async Task Payloads_are_looked_into_at_ten_times_the_rate_and_the_rest_is_a_number()
    {
        using var stream = _streams.Open(new StreamFilter(["#"]) { Content = _ => true });
        for (var i = 0; i < 100; i++)
        {
            Publish("a", $"{i}");
        }

        await Eventually.Holds(() => stream.Arrived == 80, () => $"{stream.Arrived} arrived");
        Assert.Equal((72L, 20L), (stream.NotCaptured, stream.NotExamined));
    }

    [Fact]
    public void Streams_do_not_take_from_each_other()
    {
        using var first = _streams.Open("a");
        Publish("a", "1");
        using var second = _streams.Open("#");
        Publish("a", "2");
        Assert.Equal(("2 1", "2"), (Payloads(first.Newest(9)), Payloads(second.Newest(9))));
    }

    [Fact]
    public void The_event_log_is_a_ring_with_the_newest_first()
    {
        var log = new ClientEventLog(new BrokerOptions { Monitoring = new MonitoringOptions { ClientEvents = 3 } });
        for (var i = 0; i < 5; i++)
        {
            log.Add(new ClientEvent(default, ClientEventKind.Connected, $"c{i}", null, default, EventText.Verbatim("came")));
        }

        Assert.Equal(5, log.Count);
        Assert.Equal(["c4", "c3", "c2"], log.Newest(10).Select(line => line.ClientId));
        Assert.Equal(["c3"], log.Newest(10, line => line.ClientId == "c3").Select(line => line.ClientId));
        Assert.Single(log.Newest(1));
    }

    [Fact]
    public void A_refusal_that_comes_again_and_again_is_one_event_with_a_count()
    {
        var log = new ClientEventLog(new BrokerOptions { Monitoring = new MonitoringOptions { ClientEvents = 3 } });
        log.Add(new ClientEvent(At(0), ClientEventKind.Connected, "pi", "10.0.0.9:1", default, EventText.Verbatim("came")));
        for (var i = 1; i <= 1000; i++)
        {
            log.Add(new ClientEvent(At(i), ClientEventKind.Refused, null, $"10.0.0.7:{i}", ReasonCode.PacketTooLarge, new EventText(EventCode.RefusedBecause, new EventText(EventCode.CauseTooLarge, i))));
            log.Add(new ClientEvent(At(i), ClientEventKind.Refused, null, $"10.0.0.8:{i}", ReasonCode.PacketTooLarge, new EventText(EventCode.RefusedBecause, new EventText(EventCode.CauseTooLarge, i))));
        }

        var events = log.Newest(10);
        Assert.Equal(["10.0.0.8", "10.0.0.7", "10.0.0.9"], events.Select(one => one.Host));
        Assert.Equal((1000, At(1), At(1000)), (events[1].Times, events[1].First, events[1].Time));

        log.Add(new ClientEvent(At(2000), ClientEventKind.Connected, "zero", "10.0.0.9:2", default, EventText.Verbatim("came")));
        Assert.Equal(["10.0.0.9", "10.0.0.8", "10.0.0.7"], log.Newest(10).Select(one => one.Host));

        static DateTimeOffset At(int second) => DateTimeOffset.UnixEpoch.AddSeconds(second);
    }

    private void Publish(string topic, string payload, long now = 1_000_000) =>
        _monitor.MessagePublished(TestMessages.Publish(topic, payload, now: now), default);

    private static string Payloads(IEnumerable<MessageRecord> records) =>
        string.Join(' ', records.Select(record => System.Text.Encoding.UTF8.GetString(record.Payload)));
}
