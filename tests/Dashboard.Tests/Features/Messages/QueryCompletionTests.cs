using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Query;

namespace Dashboard.Tests.Features.Messages;

public sealed class QueryCompletionTests : IDisposable
{
    private readonly QuietBroker _broker = new();

    public QueryCompletionTests() => _broker.Publish(["house/hall/temp", "house/hall/hum", "garden", "$SYS/x"]);

    public void Dispose() => _broker.Dispose();

    [Theory]
    [InlineData("h", "house/")]
    [InlineData("house/", "house/# house/hall/")]
    [InlineData("house/hall/t", "house/hall/temp")]
    [InlineData("-g", "garden")]
    [InlineData("qos:1 ga", "garden")]
    [InlineData("topic:ga", "topic:garden")]
    [InlineData("by:pi", "by:pi-07 by:pi-08")]
    [InlineData("by:my", "by:\"my pi\"")]
    [InlineData("qos:", "qos:0 qos:1 qos:2")]
    [InlineData("q", "qos:")]
    [InlineData("re", "retained refused")]
    [InlineData("-ref", "refused")]
    [InlineData("va", "value>")]
    [InlineData("\"te", "")]
    [InlineData("garden", "")]
    public void The_word_at_the_caret_goes_on(string query, string suggestions) =>
        Assert.Equal(suggestions, string.Join(' ', Of(query).Suggestions.Select(suggestion => suggestion.Text)));

    [Theory]
    [InlineData("json.", "json.temp json.room json.room.name json.values json.values[0].x")]
    [InlineData("json.room.", "json.room.name")]
    [InlineData("json.TE", "json.temp")]
    [InlineData("-json.v", "json.values json.values[0].x")]
    [InlineData("qos:1 json.", "json.temp json.room json.room.name json.values json.values[0].x")]
    [InlineData("cut/# json.", "json.first json.second")]
    [InlineData("garden json.", "")]
    [InlineData("json.temp", "")]
    public void Fields_of_the_last_payloads_are_suggested_for_the_topics_that_are_asked_for(string query, string suggestions)
    {
        _broker.Publish("house/1", """{"temp": 1, "room": {"name": "hall"}}""");
        _broker.Publish("house/2", """{"temp": 2, "values": [{"x": 1}, {"y": 2}], "not askable": 1, "a.b": 2}""");
        if (query.StartsWith("cut", StringComparison.Ordinal))
        {
            _broker.Publish("cut/1", $$"""{"first": 1, "second": "{{new string('x', 10_000)}}", "third": 3}""");
            _broker.Publish("cut/2", """{"first": tru""");
        }

        Assert.Equal(suggestions, string.Join(' ', Of(query).Suggestions.Select(suggestion => suggestion.Text)));
    }

    [Fact]
    public void However_many_fields_there_are_the_search_for_them_ends()
    {
        _broker.Publish(Enumerable.Range(0, 20_000).Select(i => $"many/{i}"));
        for (var i = 0; i < 300; i++)
        {
            _broker.Publish($"wide/{i}", "{" + string.Join(',', Enumerable.Range(0, 50).Select(field => $"\"f{i}x{field}\":1")) + "}");
        }

        Assert.InRange(JsonFields.Seen(_broker.Topics, new StreamFilter(["#"])).Count(), 1, 200);
    }

    [Fact]
    public void An_empty_box_shows_what_can_be_asked_for() =>
        Assert.Equal(["value>", "json.", "by:", "qos:", "retained", "refused", "size>", "\"", "garden"], Of("").Suggestions.Select(suggestion => suggestion.Text));

    [Theory]
    [InlineData("qos:1 ga| retained", "garden", "qos:1 garden | retained")]
    [InlineData("-hou|", "house/", "-house/|")]
    [InlineData("|", "by:", "by:|")]
    public void A_suggestion_takes_the_place_of_the_word(string before, string suggestion, string after)
    {
        var caret = before.IndexOf('|', StringComparison.Ordinal);
        var query = before.Remove(caret, 1);

        var (text, at) = Of(query, caret).Accept(query, new Suggestion(suggestion, null));

        Assert.Equal(after.Replace("| ", "|", StringComparison.Ordinal), text.Insert(at, "|"));
    }

    private QueryCompletion Of(string query, int? caret = null) => QueryCompletion.Of(query, caret ?? query.Length, _broker.Topics, () => ["other", "pi-07", "pi-08", "my pi"]);
}
