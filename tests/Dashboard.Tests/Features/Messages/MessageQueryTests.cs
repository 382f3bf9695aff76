using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Query;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Messages;

public sealed class MessageQueryTests
{
    [Theory]
    [InlineData("", "a/b", true)]
    [InlineData("  ", "a/b", true)]
    [InlineData("", "$SYS/x", false)]
    [InlineData("a/+", "a/b", true)]
    [InlineData("a/+", "b/b", false)]
    [InlineData("a/+ b/#", "b/b", true)]
    [InlineData("-a/#", "a/b", false)]
    [InlineData("-a/#", "b", true)]
    [InlineData("a/# -a/noise", "a/noise", false)]
    [InlineData("topic:\"a b/c\"", "a b/c", true)]
    [InlineData("topic:retained", "retained", true)]
    [InlineData("dev/aa:bb:cc", "dev/aa:bb:cc", true)]
    [InlineData("topic:refused", "refused", true)]
    public void A_message_must_match_one_topic_filter_and_none_with_a_minus(string query, string topic, bool matches) =>
        Assert.Equal(matches, Matches(query, topic: topic));

    [Theory]
    [InlineData("by:pi-07", "pi-07", true)]
    [InlineData("by:pi-07", "pi-08", false)]
    [InlineData("by:pi-07 by:pi-08", "pi-08", true)]
    [InlineData("by:pi-*", "pi-08", true)]
    [InlineData("by:*-*8", "pi-08", true)]
    [InlineData("by:p*7", "pi-08", false)]
    [InlineData("-by:pi-*", "pi-08", false)]
    [InlineData("by!=pi-08", "pi-08", false)]
    [InlineData("by:\"my client\"", "my client", true)]
    [InlineData("by:broker", null, true)]
    [InlineData("-by:broker", null, false)]
    public void Publishers_are_alternatives_and_may_have_a_star(string query, string? publisher, bool matches) =>
        Assert.Equal(matches, Matches(query, publisher: publisher));

    [Theory]
    [InlineData("qos:1", true)]
    [InlineData("qos:0 qos:1", true)]
    [InlineData("qos>1", false)]
    [InlineData("-qos:1", false)]
    [InlineData("qos!=0", true)]
    [InlineData("retained", false)]
    [InlineData("-retained", true)]
    [InlineData("size>1k", true)]
    [InlineData("size>1.5kb", false)]
    [InlineData("size<=1200", true)]
    [InlineData("size>2M", false)]
    [InlineData("qos:1 size>1k -retained by:p a/#", true)]
    [InlineData("qos:1 size>1k retained by:p a/#", false)]
    public void Conditions_must_all_hold(string query, bool matches) =>
        Assert.Equal(matches, Matches(query, new string('x', 1200)));

    [Theory]
    [InlineData("refused", "a", true, true)]
    [InlineData("refused", "a", false, false)]
    [InlineData("refused", "$SYS/x", true, true)]
    [InlineData("refused by:q", "a", true, false)]
    [InlineData("refused b/#", "a", true, false)]
    [InlineData("-refused", "a", false, true)]
    [InlineData("-refused", "a", true, false)]
    [InlineData("-refused", "$SYS/x", false, false)]
    [InlineData("a", "a", true, true)]
    public void What_the_broker_refused_is_a_condition_too(string query, string topic, bool isRefused, bool matches) =>
        Assert.Equal(matches, Matches(query, topic: topic, isRefused: isRefused));

    [Theory]
    [InlineData("value>30", "30.5", true)]
    [InlineData("value>30", " 31\n", true)]
    [InlineData("value>30", "30", false)]
    [InlineData("value>=30", "30", true)]
    [InlineData("value<-1.5", "-2", true)]
    [InlineData("value=3e1", "30.0", true)]
    [InlineData("value>30", "hot", false)]
    [InlineData("-value>30", "hot", true)]
    [InlineData("value=on", "on", true)]
    [InlineData("value!=on", "off", true)]
    [InlineData("value:\"two words\"", "two words", true)]
    [InlineData("value>30", "1e999", false)]
    [InlineData("value>30", "NaN", false)]
    [InlineData("value>30", "", false)]
    public void A_value_is_compared_as_a_number_or_a_word(string query, string payload, bool matches) =>
        Assert.Equal(matches, Matches(query, payload));

    [Theory]
    [InlineData(200, true)]
    [InlineData(300, false)]
    public void A_long_payload_is_no_value(int blanks, bool matches) => Assert.Equal(matches, Matches("value=31", new string(' ', blanks) + "31"));

    [Theory]
    [InlineData("json.temp>=20", """{"temp":20}""", true)]
    [InlineData("json.temp>=20", """{"temp":"20.5"}""", true)]
    [InlineData("json.temp>=20", """{"hum":50,"temp":19}""", false)]
    [InlineData("json.temp>=20", """{"hum":50}""", false)]
    [InlineData("json.room.temp=21", """{"x":{"temp":1},"room":{"temp":21}}""", true)]
    [InlineData("json.list[1].name=b", """{"list":[{"name":"a"},{"name":"b"}]}""", true)]
    [InlineData("json.[0]=5", "[5,6]", true)]
    [InlineData("json.on=true", """{"on":true}""", true)]
    [InlineData("json.on=null", """{"on":null}""", true)]
    [InlineData("json.temp", """{"temp":{}}""", true)]
    [InlineData("-json.temp", """{"hum":1}""", true)]
    [InlineData("json.temp>1", """{"te\u006dp":2}""", true)]
    [InlineData("json.temp>1", "{\"temp\":2,\"cut", true)]
    [InlineData("json.temp>1", "{\"x\":[1,2", false)]
    [InlineData("json.temp>1", "temp", false)]
    [InlineData("json.temp>1", "", false)]
    public void A_field_of_a_json_payload_is_found(string query, string payload, bool matches) =>
        Assert.Equal(matches, Matches(query, payload));

    [Theory]
    [InlineData("\"Cold\"", "very cold water", true)]
    [InlineData("\"cold water\"", "very cold water", true)]
    [InlineData("\"hot\"", "very cold water", false)]
    [InlineData("-\"hot\"", "very cold water", true)]
    [InlineData("\"say \\\"hi\\\"\"", "they say \"hi\" there", true)]
    public void A_text_stands_somewhere_in_the_payload(string query, string payload, bool matches) =>
        Assert.Equal(matches, Matches(query, payload));

    [Fact]
    public void Nothing_in_a_payload_can_break_a_query()
    {
        byte[][] payloads = [[], [0xFF, 0xFE], Encoding.UTF8.GetBytes(new string('[', 10_000)), "{\"temp\":\""u8.ToArray(), [.. "{\"temp\":\""u8, 0xFF, (byte)'"', (byte)'}'], "{\"temp\":\"\\ud800\"}"u8.ToArray()];
        foreach (var query in new[] { "json.temp>1", "json.temp=x", "json.[0][0].x", "value>1", "\"a\"" })
        {
            var filter = MessageQuery.Parse(query, out _)!.Filter;
            Assert.All(payloads, payload => Assert.False(filter.Content!(Record(payload))));
        }
    }

    [Theory]
    [InlineData("a/b sensors#", "sensors#", "write sensors/#")]
    [InlineData("a \"cold", "\"cold", "between two quotes")]
    [InlineData("qos:3", "3", "QoS is 0, 1 or 2")]
    [InlineData("a qos:", "qos:", "something is missing")]
    [InlineData("size>big", "big", "write bytes")]
    [InlineData("value>hot", "hot", "no number")]
    [InlineData("json.a>hot", "hot", "no number")]
    [InlineData("json.a[x]>1", "json.a[x]>1", "json.list[0]")]
    [InlineData("qso:1", "qso:1", "did you mean qos?")]
    [InlineData("foo>1", "foo>1", "For a topic of this name write topic:foo>1")]
    [InlineData("by>1", "by>1", "takes : or !=")]
    [InlineData("$share/g/a", "$share/g/a", "write a")]
    [InlineData("refused:yes", "refused:yes", "write refused, or -refused")]
    [InlineData("retained=1", "retained=1", "write retained, or -retained")]
    [InlineData("a -b#", "b#", "write b/#")]
    public void What_is_no_query_is_refused_with_the_place_and_what_to_write(string text, string place, string says)
    {
        Assert.Null(MessageQuery.Parse(text, out var error));

        Assert.Equal(place, text.Substring(error!.Start, error.Length));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a/+ value > 30", 10)]
    [InlineData("qos = 1", 4)]
    [InlineData("json.temp >= 3", 10)]
    public void A_condition_with_blanks_is_no_list_of_topics(string query, int start)
    {
        Assert.Null(MessageQuery.Parse(query, out var error));
        Assert.Equal(start, error!.Start);
        Assert.Contains("without blanks", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("json[0]=7", "[7]", true)]
    [InlineData("json[0].a=7", """[{"a":7}]""", true)]
    [InlineData("json[1]", "[7]", false)]
    [InlineData("value=9007199254740993", "9007199254740992", false)]
    [InlineData("value=9007199254740993", "9007199254740993", true)]
    [InlineData("value!=9007199254740993", "9007199254740992", true)]
    [InlineData("value>9007199254740992", "9007199254740993", true)]
    [InlineData("json.id=9007199254740993", """{"id":9007199254740992}""", false)]
    [InlineData("value=1e3", "1000", true)]
    public void Arrays_have_numbers_and_the_last_digit_of_a_long_one_counts(string query, string payload, bool matches) =>
        Assert.Equal(matches, Matches(query, payload: payload));

    private static bool Matches(string query, string payload = "1", string topic = "a/b", string? publisher = "p", bool isRefused = false)
    {
        var filter = MessageQuery.Parse(query, out var error)?.Filter;
        Assert.Null(error);
        var bytes = Encoding.UTF8.GetBytes(payload);
        return filter!.MatchesTopic(topic)
            && filter.Traits?.Invoke(new MessageTraits(publisher, QualityOfService.AtLeastOnce, false, bytes.Length, isRefused)) != false
            && filter.Content?.Invoke(Record(bytes)) != false;
    }

    private static MessageRecord Record(byte[] payload) => new(1, DateTimeOffset.UnixEpoch, "a/b", payload, payload.Length, QualityOfService.AtLeastOnce, false, "p", null, 0, 0, 0);
}
