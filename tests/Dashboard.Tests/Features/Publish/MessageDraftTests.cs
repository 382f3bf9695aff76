using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Publish;

public sealed class MessageDraftTests
{
    [Theory]
    [InlineData("", "is empty")]
    [InlineData("house/+/light", "contains +")]
    [InlineData("house/#", "contains #")]
    [InlineData("a\0b", "U+0000")]
    public void A_bad_topic_is_explained(string topic, string words)
    {
        var draft = new MessageDraft { Topic = topic };

        Assert.Contains(words, draft.TopicError, StringComparison.Ordinal);
        Assert.True(draft.HasErrors);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("1", true)]
    [InlineData("4294967295", true)]
    [InlineData("0", false)]
    [InlineData("-1", false)]
    [InlineData("4294967296", false)]
    [InlineData("soon", false)]
    public void An_expiry_is_a_whole_number_of_seconds(string expiry, bool isValid) =>
        Assert.Equal(isValid, new MessageDraft { Topic = "a", Expiry = expiry }.ExpiryError is null);

    [Fact]
    public void A_response_topic_is_a_topic() =>
        Assert.Contains("response topic contains #", new MessageDraft { Topic = "a", ResponseTopic = "b/#" }.ResponseTopicError, StringComparison.Ordinal);

    [Fact]
    public void A_payload_that_is_declared_as_text_must_be_text() =>
        Assert.NotNull(new MessageDraft { Topic = "a", Payload = "ff", Notation = PayloadNotation.Hex, PayloadFormatIsUtf8 = true }.PayloadFormatError);

    [Fact]
    public void A_request_has_what_was_written()
    {
        var draft = new MessageDraft
        {
            Topic = "a/b",
            Payload = "00ff",
            Notation = PayloadNotation.Hex,
            QoS = QualityOfService.ExactlyOnce,
            Retain = true,
            ContentType = "text/plain",
            Expiry = "60",
            UserProperties = [new UserProperty("room", "1"), new UserProperty("", "")],
        };

        Assert.False(draft.HasErrors);
        Assert.Equal(3, draft.PropertyCount);
        var request = draft.ToRequest();
        Assert.Equal(("a/b", QualityOfService.ExactlyOnce, true), (request.Topic, request.QoS, request.Retain));
        Assert.Equal([0x00, 0xFF], request.Payload.ToArray());
        Assert.Equal(("text/plain", 60u), (request.Properties!.ContentType, request.Properties.MessageExpiryInterval!.Value));
        Assert.Equal([new UserProperty("room", "1")], request.Properties.UserProperties!);
    }

    [Fact]
    public void A_request_without_properties_has_none() => Assert.Null(new MessageDraft { Topic = "a" }.ToRequest().Properties);

    [Fact]
    public void A_copy_does_not_change_with_its_original()
    {
        var draft = new MessageDraft { Topic = "a", UserProperties = [new UserProperty("x", "1")] };
        var copy = draft.Copy();

        draft.Topic = "b";
        draft.UserProperties.Clear();

        Assert.Equal("a", copy.Topic);
        Assert.Single(copy.UserProperties);
    }

    [Fact]
    public void Correlation_data_can_be_bytes()
    {
        var draft = new MessageDraft { Topic = "a", CorrelationData = "00 ff", CorrelationIsHex = true };

        Assert.Equal([0x00, 0xFF], draft.ToRequest().Properties!.CorrelationData!.ToArray());
        Assert.Contains("not a hex digit", (draft with { CorrelationData = "no" }).CorrelationError, StringComparison.Ordinal);
        Assert.True((draft with { CorrelationData = "no" }).HasErrors);
    }

    [Fact]
    public void User_properties_keep_their_order_and_their_doubles()
    {
        List<UserProperty> properties = [new("b", "1"), new("a", "2"), new("b", "1")];

        Assert.Equal(properties, new MessageDraft { Topic = "a", UserProperties = properties }.ToRequest().Properties!.UserProperties!);
    }

    [Fact]
    public void A_file_is_the_payload_and_must_be_chosen()
    {
        var draft = new MessageDraft { Topic = "a", Notation = PayloadNotation.File };

        Assert.Contains("Choose a file", draft.Errors[0], StringComparison.Ordinal);
        draft.File = new DraftFile("x", [1, 2]);
        Assert.Equal([1, 2], draft.ToRequest().Payload.ToArray());
    }
}
