using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Message;

namespace Dashboard.Tests.Shared;

public sealed class RefusalWordsTests
{
    [Theory]
    [InlineData(ReasonCode.NotAuthorized, EventCode.CauseOnlyBroker, "the topics below $SYS are the broker's own")]
    [InlineData(ReasonCode.TopicNameInvalid, EventCode.CauseTopicLevels, "Broker:MaxTopicLevels")]
    [InlineData(ReasonCode.TopicNameInvalid, EventCode.CauseTopicBytes, "Broker:MaxTopicLength")]
    [InlineData(ReasonCode.PayloadFormatInvalid, EventCode.CauseNotUtf8, "payload format indicator")]
    [InlineData(ReasonCode.QuotaExceeded, EventCode.CauseStore, "the disk")]
    [InlineData(ReasonCode.QuotaExceeded, EventCode.CauseRetainedFull, "Broker:MaxRetainedBytes")]
    [InlineData(ReasonCode.ReceiveMaximumExceeded, EventCode.CauseReceiveMaximum, "PUBREL")]
    public void Every_cause_says_what_to_do(ReasonCode reason, EventCode cause, string advice) =>
        Assert.Contains(advice, RefusalWords.Advice(new MessageRefusal(reason, new EventText(cause, 3))), StringComparison.Ordinal);

    [Fact]
    public void The_reason_code_is_named_as_the_standard_does() =>
        Assert.Equal("0x99 Payload format invalid", RefusalWords.Code(ReasonCode.PayloadFormatInvalid));
}
