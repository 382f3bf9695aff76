using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Sessions;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class TopicMonitorTests
{
    private readonly BrokerOptions _options = new();

    [Fact]
    public void The_history_holds_the_newest_messages_up_to_its_bound()
    {
        _options.Monitoring.HistoryPerTopic = 5;
        var monitor = new TopicMonitor(_options);
        for (var i = 0; i < 12; i++)
        {
            Record(monitor, "a/b", $"{i}");
        }

        Assert.Equal("11 10 9 8 7", Payloads(monitor, "a/b"));
        var info = monitor.Find("a/b")!.Info!;
        Assert.Equal((12L, 14L, 0L), (info.Messages, info.Bytes, info.NotCaptured));
        Assert.Equal("11", System.Text.Encoding.UTF8.GetString(info.Last.Payload));
    }

    [Fact]
    public void What_comes_faster_than_the_rate_is_counted_and_the_last_value_is_right_all_the_same()
    {
        _options.Monitoring.HistoryRatePerTopic = 3;
        var monitor = new TopicMonitor(_options);
        for (var i = 0; i < 10; i++)
        {
            Record(monitor, "a", $"{i}");
        }

        Assert.Equal("9 2 1 0", Payloads(monitor, "a"));
        Assert.Equal((6, 0), (monitor.Find("a")!.Info!.NotCaptured, monitor.Find("a")!.Info!.NotHeld));
        Record(monitor, "a", "later", now: 1_001_000);
        Assert.Equal("later 9 2 1 0", Payloads(monitor, "a"));
    }

    [Fact]
    public void A_history_of_one_message_misses_none()
    {
        _options.Monitoring.HistoryPerTopic = 1;
        var monitor = new TopicMonitor(_options);
        Record(monitor, "a", "1");
        Record(monitor, "a", "2");
        Assert.Equal("2", Payloads(monitor, "a"));
        Assert.Equal((2, 0, 0), (monitor.Find("a")!.Info!.Messages, monitor.Find("a")!.Info!.NotCaptured, monitor.Find("a")!.Info!.NotHeld));
    }

    [Fact]
    public void A_payload_is_kept_up_to_its_bound_and_its_size_is_the_true_one()
    {
        _options.Monitoring.MaxPayloadBytes = 64;
        var monitor = new TopicMonitor(_options);
        Record(monitor, "a", new string('x', 1000));
        var last = monitor.Find("a")!.Info!.Last;
        Assert.Equal((64, 1000), (last.Payload.Length, last.PayloadSize));
    }

    [Fact]
    public void Above_the_bytes_of_all_topics_only_the_last_value_is_kept_in_short()
    {
        _options.Monitoring.MaxBytes = 10_000;
        var monitor = new TopicMonitor(_options);
        for (var i = 0; i < 100; i++)
        {
            Record(monitor, $"t/{i}", new string('x', 1000));
            Record(monitor, $"t/{i}", new string('y', 1000));
        }

        Assert.True(monitor.HeldBytes < 10_000 + 1000 + (100 * 256), $"{monitor.HeldBytes}");
        Assert.Single(monitor.History("t/99"));
        Assert.Equal((0, 1), (monitor.Find("t/99")!.Info!.NotCaptured, monitor.Find("t/99")!.Info!.NotHeld));
        Assert.Equal((byte)'y', monitor.Find("t/99")!.Info!.Last.Payload[0]);
    }

    [Fact]
    public void Topics_are_a_tree_in_which_an_empty_level_is_a_level()
    {
        var monitor = new TopicMonitor(_options);
        foreach (var topic in new[] { "a/b", "a", "/x", "b//c" })
        {
            Record(monitor, topic, "1");
        }

        Assert.Equal(["", "a", "b"], monitor.Root.Children.Select(child => child.Level));
        Assert.Equal(4, monitor.Root.Topics);
        Assert.Equal((true, 2), (monitor.Find("a")!.IsTopic, monitor.Find("a")!.Topics));
        Assert.False(monitor.Find("b")!.IsTopic);
        Assert.Equal("b//c", monitor.Find("b//c")!.Path);
        Assert.Null(monitor.Find("c"));
        Assert.Empty(monitor.History("nothing"));
    }

    [Fact]
    public void A_topic_that_was_let_go_leaves_nothing_behind_and_may_come_again()
    {
        var monitor = new TopicMonitor(_options);
        var publish = TestMessages.Publish("a/b/c", "long enough to be counted");
        monitor.Record(publish, default);
        Record(monitor, "a/x", "1");
        var version = monitor.StructureVersion;
        monitor.Forget(publish.Topic);
        Assert.Null(monitor.Find("a/b"));
        Assert.True(monitor.StructureVersion > version);
        Assert.Equal(1, monitor.HeldBytes);
        Record(monitor, "a/b/c", "again");
        Assert.Equal(1, monitor.Find("a/b/c")!.Messages);
    }

    [Fact]
    public void Sequences_grow_over_all_topics()
    {
        var monitor = new TopicMonitor(_options);
        Record(monitor, "a", "1");
        Record(monitor, "b", "2");
        Assert.Equal((2L, 2L, 1L), (monitor.LastSequence, monitor.Find("b")!.LastSequence, monitor.Find("a")!.LastSequence));
    }

    private static void Record(TopicMonitor monitor, string topic, string payload, long now = 1_000_000) =>
        monitor.Record(TestMessages.Publish(topic, payload, now: now), new DeliveryResult());

    private static string Payloads(TopicMonitor monitor, string topic) =>
        string.Join(' ', monitor.History(topic).Select(record => System.Text.Encoding.UTF8.GetString(record.Payload)));
}
