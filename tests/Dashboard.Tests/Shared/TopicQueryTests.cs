using Dashboard.Features.Messages.Query;
using Dashboard.Shared;

namespace Dashboard.Tests.Shared;

public sealed class TopicQueryTests
{
    private static readonly string[] Pieces =
    [
        "a", "retained", "refused", "qos:1", "by:x", "topic:", "value>3", "size>=1k", "json.x", "json.", "-", "\"", "\\", "\\\"", " ", "  ", "\t", "\n", "\u00a0", "\u3000", "/", "//",
        ":", "=", "!=", "<", ">", "!", "'", "é", "日本", "😀", "$x", "[0]", "{}", "&", "?", "%20", ",", ".",
    ];

    [Theory]
    [InlineData("a/b", "a/b")]
    [InlineData("sensors/+/temp/#", "sensors/+/temp/#")]
    [InlineData("#", "#")]
    [InlineData("json.x/y", "json.x/y")]
    [InlineData("retained", "topic:retained")]
    [InlineData("refused", "topic:refused")]
    [InlineData("qos:1", "topic:qos:1")]
    [InlineData("-a", "topic:-a")]
    [InlineData("living room/#", "topic:\"living room/#\"")]
    [InlineData("say \"hi\"", "topic:\"say \\\"hi\\\"\"")]
    public void A_name_that_can_be_nothing_else_stays_as_it_is(string filter, string query) => Assert.Equal(query, TopicQuery.For(filter));

    [Fact]
    public void What_is_written_for_any_topic_is_read_as_this_topic_and_nothing_else()
    {
        var random = new Random(7);
        for (var run = 0; run < 20_000; run++)
        {
            var topic = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => Pieces[random.Next(Pieces.Length)]));
            if (FilterProblem.InWords(topic) is not null)
            {
                continue; // no topic can be named so
            }

            foreach (var filter in new[] { topic, topic + "/#" })
            {
                var written = TopicQuery.For(filter);
                var query = MessageQuery.Parse(written, out var error);

                Assert.True(query is not null, $"{filter} was written as {written}: {error?.Message}");
                Assert.Equal([filter], query.Filter.Topics);
                Assert.Empty(query.Filter.NotTopics);
                Assert.Null(query.Filter.Traits);
                Assert.Null(query.Filter.Content);
                Assert.True(query.Filter.MatchesTopic(topic));
            }
        }
    }
}
