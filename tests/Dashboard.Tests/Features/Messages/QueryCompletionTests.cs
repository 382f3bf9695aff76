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
    [InlineData("va", "value>")]
    [InlineData("\"te", "")]
    [InlineData("garden", "")]
    public void The_word_at_the_caret_goes_on(string query, string suggestions) =>
        Assert.Equal(suggestions, string.Join(' ', Of(query).Suggestions.Select(suggestion => suggestion.Text)));

    [Fact]
    public void An_empty_box_shows_what_can_be_asked_for() =>
        Assert.Equal(["value>", "json.", "by:", "qos:", "retained", "size>", "\"", "garden"], Of("").Suggestions.Select(suggestion => suggestion.Text));

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
