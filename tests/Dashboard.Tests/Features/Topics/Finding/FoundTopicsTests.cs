using Dashboard.Features.Topics;
using Dashboard.Features.Topics.Finding;

namespace Dashboard.Tests.Features.Topics.Finding;

public sealed class FoundTopicsTests : IDisposable
{
    private static readonly string[] Odd = ["", "a", "A", "ab", "straße", "STRASSE", "ς", "日本", "with blank", "$x", "temp", "Temperature"];

    private readonly QuietBroker _broker = new();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public void What_is_found_step_by_step_is_what_a_look_at_every_name_finds()
    {
        var names = Odd.SelectMany(first => Odd.Select(second => $"{first}/{second}")).Concat(Odd.Where(name => name.Length > 0)).Where(name => name[0] != '$').ToList();
        _broker.Publish(names);
        var indexes = new TopicIndexes(_broker.Topics);
        FoundTopics? before = null;

        foreach (var text in new[] { "A", "a/", "a/t", "A/TEM", "a/temperature", "s", "SS", "日", "ß", "/", "/a", "tem", "h b", "+/ab", "b", "nothing" })
        {
            before = FoundTopics.Of(indexes.ByName(), new TopicSearch(text), before, CancellationToken.None);

            var search = new TopicSearch(text);
            var found = new FoundRows(before, new HashSet<string>()).Where(row => row.IsMatch).Select(row => row.Node.Path);
            Assert.Equal(names.Where(search.Matches).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public void A_filter_that_goes_down_the_tree_finds_what_it_matches()
    {
        var names = Odd.SelectMany(first => Odd.SelectMany(second => new[] { $"{first}/{second}", $"{first}/{second}/deep/a" })).Concat(Odd.Where(name => name.Length > 0)).ToList();
        _broker.Publish(names);
        var index = new TopicIndexes(_broker.Topics).ByName();

        foreach (var filter in new[] { "#", "+", "+/+", "+/#", "a/#", "/#", "/+", "+/", "a/+/deep/#", "+/a/#", "+/+/deep/a", "$x/#", "$x/+", "a/ab/+/+", "A/+/#", "a/b/#", "+/+/+", "+/+/+/+/+", "nothing/#" })
        {
            var search = new TopicSearch(filter);
            Assert.Equal(filter, search.Filter);
            var found = FoundTopics.Of(index, search, null, CancellationToken.None);

            var matches = new FoundRows(found, new HashSet<string>()).Where(row => row.IsMatch).Select(row => row.Node.Path);
            Assert.Equal(names.Where(search.Matches).Order(StringComparer.Ordinal), matches.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("a", false)]
    [InlineData("+/#", false)]
    [InlineData("1", true)]
    public void A_search_that_was_overtaken_ends(string text, bool inPayloads)
    {
        _broker.Publish(["a/b"]);

        Assert.Throws<OperationCanceledException>(() => FoundTopics.Of(new TopicIndexes(_broker.Topics).ByName(), new TopicSearch(text, inPayloads), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public void The_index_is_made_when_a_page_opens_and_kept_until_the_last_one_closes()
    {
        _broker.Publish(["a"]);
        var indexes = new TopicIndexes(_broker.Topics);
        var one = indexes.Hold();
        var other = indexes.Hold();
        Assert.True(SpinWait.SpinUntil(() => indexes.IsHeld, TimeSpan.FromSeconds(10)), "the index is made in the background");

        one.Dispose();
        one.Dispose();
        Assert.True(indexes.IsHeld);
        other.Dispose();
        Assert.False(indexes.IsHeld);
        indexes.ByName();
        Assert.False(indexes.IsHeld);
    }

    [Fact]
    public void All_pages_share_one_index_until_topics_come()
    {
        _broker.Publish(["a"]);
        var indexes = new TopicIndexes(_broker.Topics);
        var first = indexes.ByName();
        Assert.Same(first, indexes.ByName());

        _broker.Publish(["b"]);
        Assert.Equal(2, indexes.ByName().Topics);
        Assert.Equal(1, first.Topics);
    }
}
