using System.Globalization;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Message;

namespace Dashboard.Shared.Journeys;

/// <summary>What happened to a message on its way, in words.</summary>
internal static class JourneyWords
{
    /// <summary>Why there is no journey of a message.</summary>
    /// <param name="sequence">As <see cref="MessageRecord.Sequence"/>.</param>
    public static string WhyNone(JourneyLog journeys, MonitoringOptions options, long sequence) =>
        options.Journeys == 0 ? Texts.Journey_Off
        : journeys.HasLetGo(sequence) ? Texts.Journey_LetGo.With(Format.Count(journeys.Count))
        : Texts.Journey_None.With(Format.Count(options.JourneyRate));

    /// <summary>How far it has come to a receiver, or how its way ended.</summary>
    public static (Tone Tone, string Text) Outcome(Journey journey, JourneyReceiver receiver)
    {
        var last = receiver.Moments[^1];
        return last.Stage switch
        {
            JourneyStage.PubAck or JourneyStage.PubRec when last.Reason >= ReasonCode.UnspecifiedError =>
                (Tone.Bad, Texts.Journey_Refused.With(RefusalWords.Code(last.Reason))),
            JourneyStage.PubAck or JourneyStage.PubComp => (Tone.Good, Texts.Journey_Acknowledged),
            JourneyStage.PubRec => (Tone.Warning, Texts.Journey_HalfAcknowledged),
            JourneyStage.Sent or JourneyStage.SentAgain => QoS(journey, receiver) == QualityOfService.AtMostOnce
                ? (Tone.Good, Texts.Journey_Sent)
                : (Tone.Warning, Texts.Journey_Unacknowledged),
            JourneyStage.Queued => (Tone.Warning, Texts.Journey_Queued),
            JourneyStage.Held => (Tone.Warning, Texts.Journey_Held),
            JourneyStage.NoLocal => (Tone.Neutral, Texts.Journey_NoLocal),
            JourneyStage.Offline => (Tone.Neutral, Texts.Journey_Offline),
            JourneyStage.TooLarge => (Tone.Bad, Texts.Journey_TooLarge),
            JourneyStage.OutboxFull => (Tone.Bad, Texts.Journey_OutboxFull),
            JourneyStage.QueueFull => (Tone.Bad, Texts.Journey_QueueFull),
            JourneyStage.Displaced => (Tone.Bad, Texts.Journey_Displaced),
            JourneyStage.Expired => (Tone.Bad, Texts.Journey_Expired),
            JourneyStage.SessionEnded => (Tone.Bad, Texts.Journey_SessionEnded),
            _ => (Tone.Neutral, Texts.Journey_Matched),
        };
    }

    /// <summary>What became of the message itself: what the retained store did with it, and how far its publisher is told.</summary>
    public static IEnumerable<(Tone Tone, string Text)> Outcomes(Journey journey)
    {
        foreach (var moment in journey.Moments)
        {
            switch (moment.Stage)
            {
                case JourneyStage.RetainedStored:
                    yield return (Tone.Good, Texts.Journey_Retained);
                    break;
                case JourneyStage.RetainedReplaced:
                    yield return (Tone.Good, Texts.Journey_RetainedReplaced);
                    break;
                case JourneyStage.RetainedCleared:
                    yield return (Tone.Neutral, Texts.Journey_RetainedCleared);
                    break;
                case JourneyStage.RetainedNothing:
                    yield return (Tone.Neutral, Texts.Journey_RetainedNothing);
                    break;
                case JourneyStage.RetainedFull:
                    yield return (Tone.Bad, Texts.Journey_RetainedFull);
                    break;
            }
        }

        if (journey.Moments.Count == 0)
        {
            yield break;
        }

        var last = journey.Moments[^1];
        switch (last.Stage)
        {
            case JourneyStage.Refused or JourneyStage.RetainedFull when journey.QoS == QualityOfService.AtMostOnce:
                yield return (Tone.Warning, Texts.Journey_NotTold);
                break;
            case JourneyStage.PublisherClosed:
                yield return (Tone.Bad, Texts.Journey_PublisherClosed);
                break;
            case JourneyStage.PubAck or JourneyStage.PubRec or JourneyStage.PubComp when journey.Refusal is not null && last.Reason < ReasonCode.UnspecifiedError:
                yield return (Tone.Warning, Texts.Journey_AcknowledgedAnyway);
                break;
            case JourneyStage.Held:
                yield return (Tone.Warning, Texts.Journey_AckHeld);
                break;
            case JourneyStage.PubAck or JourneyStage.PubRec when last.Reason >= ReasonCode.UnspecifiedError:
                yield return (Tone.Bad, Texts.Journey_RefusedToPublisher.With(RefusalWords.Code(last.Reason)));
                break;
            case JourneyStage.PubAck or JourneyStage.PubComp:
                yield return (Tone.Good, Texts.Journey_Acknowledged);
                break;
            case JourneyStage.PubRec:
                yield return (Tone.Warning, Texts.Journey_HalfAcknowledgedToPublisher);
                break;
        }
    }

    /// <summary>One step in a word or two.</summary>
    public static string Step(JourneyStage stage) => stage switch
    {
        JourneyStage.Matched => Texts.Journey_StepMatched,
        JourneyStage.Sent => Texts.Journey_StepSent,
        JourneyStage.SentAgain => Texts.Journey_StepSentAgain,
        JourneyStage.Queued => Texts.Journey_StepQueued,
        JourneyStage.Held => Texts.Journey_StepHeld,
        JourneyStage.PubAck => "PUBACK",
        JourneyStage.PubRec => "PUBREC",
        JourneyStage.PubComp => "PUBCOMP",
        JourneyStage.RetainedStored => Texts.Journey_StepRetained,
        JourneyStage.RetainedReplaced => Texts.Journey_StepReplaced,
        JourneyStage.RetainedCleared => Texts.Journey_StepCleared,
        JourneyStage.RetainedNothing => Texts.Journey_StepNothing,
        JourneyStage.RetainedFull => Texts.Journey_StepNotRetained,
        JourneyStage.Refused => Texts.Journey_StepRefused,
        JourneyStage.PublisherClosed => Texts.Journey_StepClosed,
        JourneyStage.NoLocal or JourneyStage.Offline or JourneyStage.TooLarge => Texts.Journey_StepSkipped,
        _ => Texts.Journey_StepLost,
    };

    /// <summary>The QoS at which a receiver gets it [MQTT-3.8.4-8].</summary>
    public static QualityOfService QoS(Journey journey, JourneyReceiver receiver) => journey.QoS < receiver.QoS ? journey.QoS : receiver.QoS;

    /// <summary>"84 µs", "2.1 ms", "1.25 s", "3 min 5 s".</summary>
    public static string Time(TimeSpan time) => time switch
    {
        { TotalMilliseconds: < 1 } => $"{time.TotalMicroseconds.ToString("0", CultureInfo.InvariantCulture)} µs",
        { TotalSeconds: < 1 } => $"{time.TotalMilliseconds.ToString("0.#", CultureInfo.InvariantCulture)} ms",
        { TotalMinutes: < 1 } => $"{time.TotalSeconds.ToString("0.##", CultureInfo.InvariantCulture)} s",
        _ => Format.Duration(time),
    };
}
