using Dashboard.Broker.Retained;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Retained;

public sealed class RetainedMessagesTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public void Pages_go_on_after_the_last_topic_also_when_it_is_gone()
    {
        var store = TestMessages.Store(_time);
        foreach (var topic in new[] { "b", "a", "d", "c", "e" })
        {
            Set(store, topic);
        }

        Assert.Equal(["a", "b", "c", "d", "e"], Topics(store, "#"));
        Assert.Equal(["c", "d", "e"], Topics(store, "#", "b"));
        Assert.True(store.Remove("b"));
        Assert.Equal(["c", "d", "e"], Topics(store, "#", "b"));
        Assert.Empty(Topics(store, "#", "e"));
        Assert.False(store.Remove("b"));
    }

    [Theory]
    [InlineData("a/#", new[] { "a", "a/", "a/b", "a/b/c" })]
    [InlineData("a/+", new[] { "a/", "a/b" })]
    [InlineData("a", new[] { "a" })]
    [InlineData("+", new[] { "a", "a!", "ab" })]
    [InlineData("$x/#", new[] { "$x/y" })]
    public void A_filter_reads_only_what_it_matches(string filter, string[] expected)
    {
        var store = TestMessages.Store(_time);
        foreach (var topic in new[] { "a", "a!", "a/", "a/b", "a/b/c", "ab", "$x/y" })
        {
            Set(store, topic);
        }

        Assert.Equal(expected.Order(StringComparer.Ordinal), Topics(store, filter));
    }

    [Fact]
    public void Bytes_and_version_follow_every_change()
    {
        var store = TestMessages.Store(_time);
        Set(store, "a", "12345");
        Assert.Equal((1, 6L), (store.Count, store.Bytes));
        Set(store, "a", "1");
        Assert.Equal((1, 2L), (store.Count, store.Bytes));
        var version = store.Version;
        Set(store, "a", "");
        Assert.Equal((0, 0L), (store.Count, store.Bytes));
        Assert.True(store.Version > version);
    }

    [Fact]
    public void What_has_expired_is_passed_over_and_then_removed()
    {
        var store = TestMessages.Store(_time);
        Set(store, "short", expiry: 5);
        Set(store, "long", expiry: 50);
        Set(store, "forever");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["forever", "long"], Topics(store, "#"));
        Assert.Null(store.Find("short"));
        Assert.Equal(3, store.Count);
        Assert.Equal(1, store.RemoveExpired());
        Assert.Equal(2, store.Count);
    }

    [Fact]
    public void A_message_that_is_set_anew_while_expired_ones_are_removed_stays()
    {
        var disk = new SteppedStore();
        var store = new RetainedMessages(new BrokerOptions(), disk, new LimitHits(), _time);
        Set(store, "a", "old", expiry: 5);
        Set(store, "b", "old", expiry: 5);
        _time.Advance(TimeSpan.FromSeconds(5));
        disk.RetainedSet = (topic, message) =>
        {
            if (topic == "a" && message is null)
            {
                Set(store, "b", "new");
            }
        };
        Assert.Equal(1, store.RemoveExpired());
        Assert.Equal(["b"], Topics(store, "#"));
    }

    [Fact]
    public void A_full_store_takes_no_new_topic_but_replaces_and_removes()
    {
        var store = TestMessages.Store(_time, options => options.MaxRetainedMessages = 2);
        Assert.True(Set(store, "a"));
        Assert.True(Set(store, "b"));
        Assert.False(Set(store, "c"));
        Assert.Equal(1, store.Refused);
        Assert.True(Set(store, "a", "new"));
        Assert.True(Set(store, "b", ""));
        Assert.True(Set(store, "c"));
    }

    [Fact]
    public void Its_bytes_are_limited_too()
    {
        var store = TestMessages.Store(_time, options => options.MaxRetainedBytes = 1024);
        Assert.False(Set(store, "a", new string('x', 1100)));
        Assert.True(Set(store, "a", new string('x', 900)));
        Assert.False(Set(store, "b", new string('x', 200)));
        Assert.False(Set(store, "a", new string('x', 1100)));
        Assert.True(Set(store, "a", new string('x', 500)));
        Assert.True(Set(store, "b", new string('x', 200)));
        Assert.InRange(store.Bytes, 700, 1024);
    }

    [Fact]
    public async Task Reading_goes_on_while_others_write()
    {
        var store = TestMessages.Store(_time);
        for (var i = 0; i < 500; i++)
        {
            Set(store, $"stays/{i:D3}");
        }

        var writing = Task.Run(() =>
        {
            for (var i = 0; i < 5000; i++)
            {
                Set(store, $"comes/{i % 50}");
                store.Remove($"comes/{(i * 7) % 50}");
            }
        });
        while (!writing.IsCompleted)
        {
            Assert.Equal(500, Topics(store, "stays/#").Count);
        }

        await writing;
    }

    [Fact]
    public void Topics_that_begin_with_a_dollar_but_are_not_the_brokers_own_have_no_room_of_their_own()
    {
        var store = TestMessages.Store(_time, options => options.MaxRetainedBytes = 1024);
        Set(store, "a", new string('x', 900));

        Set(store, "$foo/a", new string('x', 900));
        Set(store, "$SYSTEM/a", new string('x', 900));
        Set(store, "$SYS/a", new string('x', 900));

        Assert.Equal(["$SYS/a"], Topics(store, "$SYS/#"));
        Assert.Empty(Topics(store, "$foo/#"));
        Assert.Empty(Topics(store, "$SYSTEM/#"));
    }

    private static List<string> Topics(RetainedMessages store, string filter, string? after = null)
    {
        var topics = new List<string>();
        foreach (var message in store.Matching(filter, after))
        {
            topics.Add(message.Topic.Name);
            message.Release();
        }

        return topics;
    }

    private bool Set(RetainedMessages store, string topic, string payload = "x", uint? expiry = null)
    {
        var publish = TestMessages.Publish(topic, payload, retain: true, expiry: expiry, now: _time.GetUtcNow().ToUnixTimeMilliseconds());
        var isKept = store.Set(ref publish, out _) != RetainOutcome.Full;
        publish.Done();
        return isKept;
    }
}
