using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Message;

namespace Dashboard.Tests.Shared;

public sealed class MessageWordsTests
{
    [Theory]
    [InlineData(0, 0, 0, "reached nobody")]
    [InlineData(1, 0, 0, "sent to 1 session")]
    [InlineData(1200, 3, 1, "sent to 1,200 sessions, queued for 3 sessions, dropped for 1 session")]
    public void Receivers_are_said_in_words(int sent, int queued, int dropped, string words)
    {
        var message = new MessageRecord(1, DateTimeOffset.UnixEpoch, "a", [], 0, QualityOfService.AtMostOnce, false, null, null, sent, queued, dropped);

        Assert.Equal(words, Receivers.InWords(message));
        Assert.Equal("refused: the retained store is full", Receivers.InWords(message with { Refusal = new MessageRefusal(ReasonCode.QuotaExceeded, new EventText(EventCode.CauseRetainedFull)) }));
    }

    [Fact]
    public void Properties_are_listed_with_the_users_own_last_and_in_their_order()
    {
        var properties = new Properties
        {
            UserProperties = [new("b", "1"), new("a", "2"), new("b", "3")],
            ContentType = "text/plain",
            MessageExpiryInterval = 90,
            CorrelationData = [0x0A, 0xFF],
            PayloadFormatIsUtf8 = true,
            ResponseTopic = "answers",
        };

        Assert.Equal(
            [
                ("Content type", "text/plain"), ("Payload format", "UTF-8 text"), ("Message expiry", "1 min 30 s"),
                ("Response topic", "answers"), ("Correlation data", "0aff"), ("b", "1"), ("a", "2"), ("b", "3"),
            ],
            PropertyList.Of(properties));
        Assert.Empty(PropertyList.Of(null));
    }
}
