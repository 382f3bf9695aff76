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
        _broker.PublishOwn(new PublishRequest("$SYS/a", "x"u8.ToArray(), Retain: true));

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
    public void A_query_says_count_and_bytes_and_reads_any_piece()
    {
        for (var i = 0; i < 25; i++)
        {
            Store($"a/{i:00}");
        }

        Store("b");
        var found = _broker.FindRetained(new RetainedQuery("a/+"));

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"a/{i:00}"), found.Topics);
        Assert.Equal(25 * ("a/00".Length + "x".Length), found.Bytes);
        Assert.Equal(["a/10", "a/11"], _broker.ReadRetained(found.Topics.Skip(10).Take(2), 1).Select(message => message?.Topic));
    }

    [Fact]
    public void A_query_narrows_by_age_publisher_and_size_and_sorts()
    {
        Store("a", "xx");
        _time.Advance(TimeSpan.FromMinutes(1));
        Store("b", "xxxx");
        _time.Advance(TimeSpan.FromMinutes(1));
        Store("c", "x");
        var now = _time.GetUtcNow();

        Assert.Equal(["a", "b"], Find(new RetainedQuery("#", StoredBefore: now)));
        Assert.Equal(["b"], Find(new RetainedQuery("#", MinSize: 3)));
        Assert.Empty(Find(new RetainedQuery("#", Publisher: "sensor")));
        Assert.Equal(["c", "b", "a"], Find(new RetainedQuery("#", Sort: RetainedSort.Newest)));
        Assert.Equal(["a", "b", "c"], Find(new RetainedQuery("#", Sort: RetainedSort.Oldest)));
        Assert.Equal(["b", "a", "c"], Find(new RetainedQuery("#", Sort: RetainedSort.Largest)));
    }

    [Fact]
    public void What_expires_first_comes_first_and_what_never_does_last()
    {
        Store("a");
        _broker.Publish(new PublishRequest("b", "x"u8.ToArray(), Retain: true, Properties: new Properties { MessageExpiryInterval = 60 }));
        _broker.Publish(new PublishRequest("c", "x"u8.ToArray(), Retain: true, Properties: new Properties { MessageExpiryInterval = 30 }));

        Assert.Equal(["c", "b", "a"], Find(new RetainedQuery("#", Sort: RetainedSort.ExpiresFirst)));
    }

    [Fact]
    public void A_piece_copies_no_more_of_a_payload_than_asked_for()
    {
        Store("a", "0123456789");

        var message = _broker.ReadRetained(["a", "gone"], maxPayload: 4);

        Assert.Equal("0123", Encoding.UTF8.GetString(message[0]!.Payload));
        Assert.Equal(10, message[0]!.PayloadSize);
        Assert.Null(message[1]);
    }

    [Fact]
    public void What_came_after_somebody_looked_is_not_deleted_with_what_he_saw()
    {
        Store("a", "seen");
        Store("b", "seen");
        var seenAt = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromSeconds(1));
        Store("b", "newer");

        var deleted = _broker.DeleteRetained(["a", "b", "gone"], Plenty, seenAt);

        Assert.Equal((1, 2), (deleted.Count, deleted.Missed));
        Assert.Equal(["b"], Topics("#"));
    }

    [Fact]
    public void An_imported_message_is_as_it_was_but_never_replaces_a_newer_one()
    {
        var storedAt = _time.GetUtcNow() - TimeSpan.FromHours(1);
        var message = new RetainedMessage("a", "old"u8.ToArray(), 3, QualityOfService.AtLeastOnce, "sensor", storedAt, _time.GetUtcNow() + TimeSpan.FromHours(1), new Properties { ContentType = "text/plain" });

        Assert.Null(_broker.ImportRetained(message));
        var stored = _broker.FindRetained("a")!;
        Assert.Equal(("sensor", storedAt, message.ExpiresAt), (stored.Publisher, stored.StoredAt, stored.ExpiresAt));
        Assert.Equal("text/plain", stored.Properties?.ContentType);

        Assert.Equal(ImportProblem.Newer, _broker.ImportRetained(message));
        Store("a", "new");
        Assert.Equal(ImportProblem.Newer, _broker.ImportRetained(message));
        Assert.Equal(ImportProblem.Expired, _broker.ImportRetained(message with { ExpiresAt = storedAt }));
        Assert.Equal(ImportProblem.Topic, _broker.ImportRetained(message with { Topic = "a/#" }));
        Assert.Equal(ImportProblem.Topic, _broker.ImportRetained(message with { Topic = "$SYS/a" }));
        Assert.Equal(ImportProblem.EmptyPayload, _broker.ImportRetained(message with { Payload = [] }));
        _options.MaxRetainedMessages = 1;
        Assert.Equal(ImportProblem.NoRoom, _broker.ImportRetained(message with { Topic = "b" }));
    }

    private void Store(string topic, string payload = "x") =>
        _broker.Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes(payload), Retain: true));

    private string[] Topics(string filter) => Find(new RetainedQuery(filter));

    private string[] Find(RetainedQuery query) => [.. _broker.FindRetained(query).Topics];
}
