using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Palette;

namespace Dashboard.Tests.Shared;

public sealed class PaletteSearchTests : IDisposable
{
    private readonly QuietBroker _broker = new();
    private readonly PaletteSearch _search;

    public PaletteSearchTests() => _search = new PaletteSearch(_broker.Topics, new ClientDirectory(_broker.Broker));

    [Fact]
    public void Without_a_word_it_offers_the_pages() =>
        Assert.Equal(["Overview", "Topics", "Messages", "Publish", "Retained", "Clients"], Found("").Take(6));

    [Fact]
    public void Every_word_must_be_in_the_name_in_any_case()
    {
        _broker.Publish(["house/kitchen/temperature", "house/bath/temperature", "garden/temperature"]);

        Assert.Equal(["house/kitchen/temperature"], Found("TEMP kitchen"));
    }

    [Fact]
    public void What_begins_so_comes_before_what_only_contains_it()
    {
        _broker.Publish(["deep/down/xpump", "pump", "hall/pump2", "pump/1"]);

        Assert.Equal(["pump", "pump/1", "hall/pump2", "deep/down/xpump"], Found("pump").Where(text => !text.Contains(' ')));
    }

    [Fact]
    public void A_long_list_is_cut_and_says_by_how_much()
    {
        _broker.Publish(Enumerable.Range(0, 50).Select(i => $"many/{i}"));

        var result = _search.Find("many");

        Assert.Equal(12, result.Entries.Count(entry => entry.Icon == "topics"));
        Assert.Equal(38, result.More);
    }

    [Fact]
    public void A_topic_can_be_watched_and_published_to_and_a_filter_only_watched()
    {
        Assert.Equal(["Watch a/b in Messages", "Publish to a/b"], Found("a/b"));
        Assert.Equal(["Watch a/+ in Messages"], Found("a/+"));
    }

    [Fact]
    public void A_topic_with_blanks_or_that_looks_like_a_condition_is_watched_as_a_topic()
    {
        _broker.Publish(["living room/light"]);

        Assert.Contains(_search.Find("living room/light").Entries, entry => entry.Href == "messages?filter=topic%3A%22living%20room%2Flight%22");
        Assert.DoesNotContain(_search.Find("living light").Entries, entry => entry.Icon == "messages" && entry.Href != "messages");
        Assert.Contains(_search.Find("retained").Entries, entry => entry.Href == "messages?filter=topic%3Aretained");
    }

    [Fact]
    public void Addresses_carry_any_name_whole()
    {
        _broker.Publish("a&b/c#d?e f".Replace("#", "", StringComparison.Ordinal));

        Assert.Contains(_search.Find("a&b").Entries, entry => entry.Href == "topics?topic=a%26b%2Fcd%3Fe%20f");
    }

    public void Dispose() => _broker.Dispose();

    private IEnumerable<string> Found(string text) => _search.Find(text).Entries.Select(entry => entry.Text);
}
