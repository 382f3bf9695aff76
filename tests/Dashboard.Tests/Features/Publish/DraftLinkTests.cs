using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Publish;

public sealed class DraftLinkTests
{
    [Fact]
    public void A_whole_message_travels_in_an_address()
    {
        var draft = new MessageDraft
        {
            Topic = "house/ä b&c",
            Payload = "1+1=2 & \"x\"\n<b>",
            Notation = PayloadNotation.Json,
            QoS = QualityOfService.ExactlyOnce,
            Retain = true,
            ContentType = "text/plain",
            ResponseTopic = "answer",
            CorrelationData = "0a",
            CorrelationIsHex = true,
            Expiry = "60",
            PayloadFormatIsUtf8 = true,
            UserProperties = [new UserProperty("a", "1"), new UserProperty("a", ""), new UserProperty("b", "2")],
        };

        var read = DraftLink.Read("http://host/" + DraftLink.Write(draft))!;

        Assert.Equal(draft with { UserProperties = read.UserProperties }, read);
        Assert.Equal(draft.UserProperties, read.UserProperties);
    }

    [Fact]
    public void A_topic_alone_is_no_message() => Assert.Null(DraftLink.Read("http://host/publish?topic=a"));

    [Fact]
    public void What_is_too_long_or_a_file_has_no_link()
    {
        Assert.Null(DraftLink.Write(new MessageDraft { Topic = "a", Payload = new string('x', DraftLink.MaxLength) }));
        Assert.Null(DraftLink.Write(new MessageDraft { Topic = "a", Notation = PayloadNotation.File, File = new DraftFile("x", []) }));
    }

    [Theory]
    [InlineData("qos=7&as=file&payload=x")]
    [InlineData("qos=&as=9&retain=perhaps&payload=x")]
    public void Nonsense_in_an_address_is_left_out(string query)
    {
        var draft = DraftLink.Read("http://host/publish?" + query)!;

        Assert.Equal(("x", PayloadNotation.Text, QualityOfService.AtMostOnce, false), (draft.Payload, draft.Notation, draft.QoS, draft.Retain));
    }
}
