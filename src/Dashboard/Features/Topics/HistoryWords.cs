using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;

namespace Dashboard.Features.Topics;

/// <summary>Why the list of a topic's recent messages does not hold all that came, and which option keeps more.</summary>
internal static class HistoryWords
{
    /// <param name="listed">Messages in the list.</param>
    public static IEnumerable<string> WhatIsMissing(TopicInfo topic, int listed, MonitoringOptions options)
    {
        if (topic.Messages > listed && listed >= options.HistoryPerTopic)
        {
            yield return listed == 1 ? Texts.Topics_HistoryOfOne : Texts.Topics_HistoryDepth.With(Format.Count(listed));
        }

        if (topic.NotCaptured > 0)
        {
            yield return Texts.Topics_NotCaptured.With(Format.Messages(topic.NotCaptured), Format.Count(options.HistoryRatePerTopic));
        }

        if (topic.NotHeld > 0)
        {
            yield return Texts.Topics_NotHeld.With(Format.Messages(topic.NotHeld), Format.Bytes(options.MaxBytes));
        }
    }
}
