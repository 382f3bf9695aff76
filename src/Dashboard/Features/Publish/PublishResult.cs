using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Controls;

namespace Dashboard.Features.Publish;

/// <summary>What became of a published message, in words.</summary>
public sealed record PublishResult(Tone Tone, string Text)
{
    /// <summary>Under which sequence the message's journey can be looked at; null when it was not recorded.</summary>
    public long? Journey { get; init; }

    /// <summary>Publishes a draft without errors and says what became of it.</summary>
    /// <param name="journeys">Where its journey is looked for.</param>
    public static PublishResult Send(MqttBroker broker, MessageDraft draft, JourneyLog? journeys = null)
    {
        var request = draft.ToRequest();
        var report = broker.Publish(request);
        var nearMiss = broker.WhoReceives(draft.Topic, draft.QoS, most: 0).NearMiss;
        return Of(request, report, nearMiss) with { Journey = journeys?.SequenceOf(report.Journey) };
    }

    /// <param name="nearMiss">When nobody got it, or only who listens to everything: the subscription that comes closest.</param>
    public static PublishResult Of(PublishRequest request, PublishReport report, NearMiss? nearMiss)
    {
        if (report.Reason is not (ReasonCode.Success or ReasonCode.NoMatchingSubscribers))
        {
            return new PublishResult(Tone.Bad, Texts.Publish_NotPublished.With(Refusal(report, new MessageDraft { Topic = request.Topic }.TopicError)));
        }

        var delivery = Delivery(report);
        var text = delivery.Length > 0 ? Sentence(delivery) + NearMissWords.AfterLoggers(nearMiss, request.Topic) : Texts.Publish_NobodyWas + NearMissWords.After(nearMiss, request.Topic);
        if (request.Retain)
        {
            text += " " + (request.Payload.IsEmpty ? Texts.Publish_Cleared : Texts.Publish_Stored);
        }

        var tone = report.Dropped > 0 || (delivery.Length == 0 && !request.Retain) ? Tone.Warning : Tone.Good;
        return new PublishResult(tone, text);
    }

    private static string Refusal(PublishReport report, string? topicError) => report.Reason switch
    {
        ReasonCode.PacketTooLarge => Sentence(Texts.Shared_TooLarge),
        ReasonCode.QuotaExceeded => Sentence(Texts.Shared_StoreFull),
        _ => topicError ?? report.Message,
    };

    private static string Delivery(PublishReport report)
    {
        var parts = new List<string>();
        Add(report.Sent, Texts.Publish_SentTo);
        Add(report.Queued, Texts.Publish_QueuedFor);
        Add(report.Dropped, Texts.Publish_LostFor);
        Add(report.Skipped, Texts.Publish_SkippedFor);
        return string.Join(", ", parts);

        void Add(int count, string words)
        {
            if (count > 0)
            {
                parts.Add(words.With(count == 1 ? Texts.Shared_OneSession : Texts.Shared_Sessions.With(Format.Count(count))));
            }
        }
    }

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}
