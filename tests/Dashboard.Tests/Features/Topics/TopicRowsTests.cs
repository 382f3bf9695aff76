using Dashboard.Features.Topics;

namespace Dashboard.Tests.Features.Topics;

public sealed class TopicRowsTests : IDisposable
{
    private readonly QuietBroker _broker = new();
    private readonly TopicRows _rows;

    public TopicRowsTests() => _rows = new TopicRows(_broker.Topics, _broker.Time);

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void A_small_tree_is_open_and_the_brokers_own_topics_come_last_and_closed()
    {
        _broker.Publish(["$SYS/broker/uptime", "house/kitchen/light", "house/hall", "alarm"]);

        AssertRows("alarm", "house -", "  hall", "  kitchen -", "    light", "$SYS +");
    }

    [Fact]
    public void Of_a_large_tree_only_the_beginning_is_open()
    {
        _broker.Publish(Enumerable.Range(0, 1000).Select(i => $"plant/hall{i % 10}/machine{i}"));

        _rows.Refresh(hold: false);

        Assert.Equal(11, _rows.Rows.Count);
        Assert.Equal(1000, _rows.Found);
        Assert.Equal(100, _rows.Rows[^1].Below);
    }

    [Fact]
    public void A_level_stays_open_or_closed_when_topics_come()
    {
        _broker.Publish(["a/b", "c/d"]);
        AssertRows("a -", "  b", "c -", "  d");

        _rows.SetExpanded(_rows.Rows[0].Node, expanded: false);
        _broker.Publish(Enumerable.Range(0, 100).Select(i => $"b/{i:00}").Append("c/e"));

        AssertRows("a +", "b +", "c -", "  d", "  e");
    }

    [Fact]
    public void Nothing_is_made_anew_while_no_topic_comes()
    {
        _broker.Publish(["a/b"]);
        Assert.True(_rows.Refresh(hold: false));
        var before = _rows.Rows;

        _broker.Publish("a/b", "another value");

        Assert.False(_rows.Refresh(hold: false));
        Assert.Same(before, _rows.Rows);
    }

    [Fact]
    public void Held_rows_stay_until_they_are_let_go_but_obey_the_person()
    {
        _broker.Publish(["b/b"]);
        AssertRows("b -", "  b");

        _broker.Publish(["a"]);
        Assert.False(_rows.Refresh(hold: true));

        _rows.SetExpanded(_rows.Rows[0].Node, expanded: false);
        Assert.True(_rows.Refresh(hold: true));
    }

    [Fact]
    public void A_text_finds_topics_in_any_case_and_shows_the_levels_above_them()
    {
        _broker.Publish(["house/kitchen/Light", "house/hall/light", "house/hall/door", "light/house"]);
        _rows.Find("LIGHT");

        AssertRows("house -", "  hall -", "    light *", "  kitchen -", "    Light *", "light -", "  house *");
        Assert.Equal(3, _rows.Found);
    }

    [Fact]
    public void A_filter_finds_what_it_reaches()
    {
        _broker.Publish(["sensors/1/temp", "sensors/2/temp", "sensors/2/hum", "sensors/2/temp/max"]);
        _rows.Find("sensors/+/temp");

        AssertRows("sensors -", "  1 -", "    temp *", "  2 -", "    temp *");
        Assert.Equal(2, _rows.Found);
        Assert.Equal((2, 2), (_rows.Rows[3].Position, _rows.Rows[3].Siblings));
    }

    [Fact]
    public void A_level_closed_in_a_search_still_counts_and_opens_again_with_the_next_search()
    {
        _broker.Publish(["a/x", "b/x"]);
        _rows.Find("x");
        _rows.Refresh(hold: false);

        _rows.SetExpanded(_rows.Rows[0].Node, expanded: false);
        AssertRows("a +", "b -", "  x *");
        Assert.Equal(2, _rows.Found);

        _rows.Find("/x");
        AssertRows("a -", "  x *", "b -", "  x *");
        _rows.Find("");
        AssertRows("a -", "  x", "b -", "  x");
    }

    [Fact]
    public void Revealing_a_topic_opens_all_levels_above_it()
    {
        _broker.Publish(["$SYS/broker/clients/total", "a"]);
        AssertRows("a", "$SYS +");

        _rows.Reveal("$SYS/broker/clients/total");

        AssertRows("a", "$SYS -", "  broker -", "    clients -", "      total");
        Assert.Equal(4, _rows.IndexOf("$SYS/broker/clients/total"));
        Assert.Equal(-1, _rows.IndexOf("nowhere"));
    }

    [Fact]
    public void Empty_levels_are_levels()
    {
        _broker.Publish(["/", "/a", "a//b"]);

        AssertRows(" -", "  ", "  a", "a -", "   -", "    b");
        Assert.Equal(_rows.Rows.Count, _rows.Rows.Select(row => row.Key).Distinct().Count());
    }

    /// <summary>Each row as its indented level, + or - when it is closed or open, * when the search found it.</summary>
    private void AssertRows(params string[] expected)
    {
        _rows.Refresh(hold: false);
        Assert.Equal(expected, _rows.Rows.Select(row =>
            new string(' ', 2 * (row.Level - 1)) + row.Node.Level + row.IsExpanded switch { true => " -", false => " +", null => "" } + (row.IsMatch ? " *" : "")));
    }
}
