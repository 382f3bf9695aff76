using System.Text;
using Dashboard.Broker.Storage;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Retained;

public sealed class DeletedRetainedTests
{
    private const long Plenty = 1_000_000;

    private readonly ManualTime _time = new();
    private readonly BrokerOptions _options = new();
    private readonly MqttBroker _broker;

    public DeletedRetainedTests() => _broker = new MqttBroker(_options, new MemoryStore(), new SilentObserver(), _time);

    [Fact]
    public void A_filter_deletes_what_it_matches_and_nothing_else()
    {
        Store("house/a");
        Store("house/b/c");
        Store("garden/a");
        Store("$SYS/a");

        var deleted = _broker.DeleteRetainedMatching("house/#", Plenty);

        Assert.Equal(2, deleted.Count);
        Assert.Equal(["garden/a"], Topics("#"));
        Assert.Equal(["$SYS/a"], Topics("$SYS/#"));
    }

    [Fact]
    public void A_deleted_message_comes_back_as_it_was()
    {
        var properties = new Properties
        {
            ContentType = "text/plain",
            MessageExpiryInterval = 60,
            UserProperties = [new UserProperty("room", "1"), new UserProperty("room", "2")],
        };
        _broker.Publish(new PublishRequest("a", "hello"u8.ToArray(), QualityOfService.ExactlyOnce, Retain: true, properties));
        var before = _broker.FindRetained("a")!;

        var deleted = _broker.DeleteRetainedMatching("a", Plenty);
        Assert.Null(_broker.FindRetained("a"));
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(new RestoredRetained(1, 0, 0, 0), deleted.Restore());
        var after = _broker.FindRetained("a")!;
        Assert.Equal("hello", Encoding.UTF8.GetString(after.Payload));
        Assert.Equal(QualityOfService.ExactlyOnce, after.QoS);
        Assert.Equal((before.StoredAt, before.ExpiresAt), (after.StoredAt, after.ExpiresAt));
        Assert.Equal("text/plain", after.Properties!.ContentType);
        Assert.Equal(properties.UserProperties, after.Properties.UserProperties);
    }

    [Fact]
    public void Count_and_bytes_of_the_store_are_right_after_an_undo()
    {
        Store("a");
        Store("b");
        var (count, bytes) = (_broker.RetainedCount, _broker.RetainedBytes);

        var deleted = _broker.DeleteRetainedMatching("#", Plenty);
        Assert.Equal((0, 0L), (_broker.RetainedCount, _broker.RetainedBytes));

        deleted.Restore();
        Assert.Equal((count, bytes), (_broker.RetainedCount, _broker.RetainedBytes));
    }

    [Fact]
    public void A_newer_message_is_not_overwritten()
    {
        Store("a", "old");
        var deleted = _broker.DeleteRetainedMatching("a", Plenty);
        Store("a", "new");

        Assert.Equal(new RestoredRetained(0, 1, 0, 0), deleted.Restore());
        Assert.Equal("new", Encoding.UTF8.GetString(_broker.FindRetained("a")!.Payload));
    }

    [Fact]
    public void An_expired_message_does_not_come_back()
    {
        _broker.Publish(new PublishRequest("a", "x"u8.ToArray(), Retain: true, Properties: new Properties { MessageExpiryInterval = 5 }));
        var deleted = _broker.DeleteRetainedMatching("a", Plenty);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(new RestoredRetained(0, 0, 1, 0), deleted.Restore());
        Assert.Null(_broker.FindRetained("a"));
    }

    [Fact]
    public void A_full_store_takes_nothing_back()
    {
        _options.MaxRetainedMessages = 1;
        Store("a");
        var deleted = _broker.DeleteRetainedMatching("a", Plenty);
        Store("b");

        Assert.Equal(new RestoredRetained(0, 0, 0, 1), deleted.Restore());
        Assert.Equal(["b"], Topics("#"));
    }

    [Fact]
    public void It_can_be_restored_once()
    {
        Store("a");
        var deleted = _broker.DeleteRetainedMatching("a", Plenty);

        Assert.True(deleted.CanRestore);
        deleted.Restore();
        Assert.False(deleted.CanRestore);
        Assert.Equal(new RestoredRetained(0, 0, 0, 0), deleted.Restore());
    }

    [Fact]
    public void More_than_may_be_held_is_deleted_but_cannot_be_restored()
    {
        Store("a", new string('x', 600));
        Store("b", new string('x', 600));

        var deleted = _broker.DeleteRetainedMatching("#", undoBytes: 1_000);

        Assert.Equal(2, deleted.Count);
        Assert.False(deleted.CanRestore);
        Assert.Empty(Topics("#"));
    }

    [Fact]
    public void The_outline_says_count_bytes_and_where_pages_begin()
    {
        for (var i = 0; i < 25; i++)
        {
            Store($"a/{i:00}");
        }

        Store("b");
        var outline = _broker.OutlineRetained("a/+", pageSize: 10);

        Assert.Equal(25, outline.Count);
        Assert.Equal(25 * ("a/00".Length + "x".Length), outline.Bytes);
        Assert.Equal(["a/09", "a/19"], outline.PageEnds);
        Assert.Equal("a/10", _broker.ReadRetained("a/+", outline.PageEnds[0], 1)[0].Topic);
    }

    [Fact]
    public void A_page_copies_no_more_of_a_payload_than_asked_for()
    {
        Store("a", "0123456789");

        var message = _broker.ReadRetained("#", after: null, count: 1, maxPayload: 4)[0];

        Assert.Equal("0123", Encoding.UTF8.GetString(message.Payload));
        Assert.Equal(10, message.PayloadSize);
    }

    private void Store(string topic, string payload = "x") =>
        _broker.Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes(payload), Retain: true));

    private string[] Topics(string filter) => [.. _broker.ReadRetained(filter, after: null, count: 100).Select(message => message.Topic)];
}
