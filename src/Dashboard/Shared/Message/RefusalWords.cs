using Dashboard.Broker;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Shared.Message;

/// <summary>Why the broker refused a message, and what to do about it, in words.</summary>
internal static class RefusalWords
{
    /// <summary>"refused: only the broker itself publishes there".</summary>
    public static string Of(MessageRefusal refusal) => Texts.Shared_RefusedBecause.With(EventSentence.Of(refusal.Cause));

    /// <summary>"0x87 Not authorized", as MQTT 5.0 calls it.</summary>
    public static string Code(ReasonCode reason) => $"0x{(byte)reason:X2} {PacketAnatomy.Spaced(reason.ToString())}";

    public static string? Advice(MessageRefusal refusal) => refusal.Cause.Code switch
    {
        EventCode.CauseOnlyBroker => Texts.Shared_AdviceOnlyBroker,
        EventCode.CauseTopicLevels => Texts.Shared_AdviceTopicLevels,
        EventCode.CauseTopicBytes => Texts.Shared_AdviceTopicBytes,
        EventCode.CauseNotUtf8 => Texts.Shared_AdviceNotUtf8,
        EventCode.CauseStore => Texts.Shared_AdviceStore,
        EventCode.CauseRetainedFull => Texts.Shared_AdviceRetainedFull,
        EventCode.CauseReceiveMaximum => Texts.Shared_AdviceReceiveMaximum,
        _ => null,
    };
}
