using Dashboard.Features.Topics;
using Dashboard.Shared.Mutes;

namespace Dashboard.Tests.Features.Topics;

public sealed class TopicOrderTests : IDisposable
{
    private readonly QuietBroker _broker = new();
    private readonly MutedTopics _muted = new();
    private readonly TopicRows _rows;

    public TopicOrderTests()
    {
        _rows = new TopicRows(_broker.Topics, _broker.Time, _muted);
        Publish("a/few", 1, "long payload");
        Publish("b/many", 9, "1");
        Publish("c/some", 5, "1");
    }

    public void Dispose() => _broker.Dispose();

    [Theory]
    [InlineData(TopicSort.Name, "a", "b", "c")]
    [InlineData(TopicSort.Count, "b", "c", "a")]
    [InlineData(TopicSort.Size, "a", "b", "c")]
    [InlineData(TopicSort.Age, "c", "b", "a")]
    [InlineData(TopicSort.Silence, "a", "b", "c")]
    public void Levels_are_ordered_by_what_lies_below_them(TopicSort sort, params string[] order)
    {
        _rows.SortBy(sort);

        AssertOrder(order);
    }

    [Fact]
    public void The_rate_is_of_now()
    {
        for (var second = 0; second < 12; second++)
        {
            Publish("a/few", 10, "1");
            _broker.Time.Advance(TimeSpan.FromSeconds(1));
            Publish("c/some", 1, "1");
        }

        _rows.SortBy(TopicSort.Rate);

        AssertOrder("a", "c", "b");
    }

    [Fact]
    public void The_order_stays_while_values_change_until_it_is_taken_anew()
    {
        _rows.SortBy(TopicSort.Count);
        AssertOrder("b", "c", "a");

        Publish("a/few", 20, "1");
        AssertOrder("b", "c", "a");

        _broker.Time.Advance(TimeSpan.FromSeconds(11));
        _rows.Refresh(hold: true);
        Assert.Equal("b", _rows.Rows[0].Node.Level);
        AssertOrder("a", "b", "c");
    }

    [Fact]
    public void What_is_muted_counts_nothing_and_comes_last_with_all_below_it()
    {
        _rows.SortBy(TopicSort.Count);
        AssertOrder("b", "c", "a");

        _muted.Mute("b");
        AssertOrder("c", "a", "b");
        Assert.True(_muted.Has("b/many"));
        Assert.False(_muted.Has("c/some"));

        _muted.Unmute("b");
        AssertOrder("b", "c", "a");
    }

    [Fact]
    public void A_text_in_the_last_payloads_is_found_in_any_case_and_no_longer_when_another_came()
    {
        _rows.Find("LONG", inPayloads: true);
        _rows.Refresh(hold: false);
        Assert.Equal(1, _rows.Found);

        Publish("a/few", 1, "short");
        _broker.Time.Advance(TimeSpan.FromSeconds(1));
        _rows.Refresh(hold: false);
        Assert.Equal(0, _rows.Found);
    }

    private void Publish(string topic, int times, string payload)
    {
        for (var i = 0; i < times; i++)
        {
            _broker.Publish(topic, payload);
        }
    }

    private void AssertOrder(params string[] levels)
    {
        _rows.Refresh(hold: false);
        Assert.Equal(levels, _rows.Rows.Where(row => row.Level == 1).Select(row => row.Node.Level));
    }
}
