using Dashboard.Broker;
using Dashboard.Mqtt.Topics;
using Dashboard.Shared;

namespace Dashboard.Features.Publish;

/// <summary>Who probably meant to get a message, and which slip keeps it from them.</summary>
internal static class NearMissWords
{
    /// <summary>Begins with a space; empty when nobody comes close.</summary>
    public static string After(NearMiss? near, string topic) =>
        near is not null && TopicMismatch.Find(near.Filter, topic) is { } slip ? $" {Texts.Publish_NearMiss.With(near.ClientId, near.Filter, Of(slip))}" : "";

    /// <summary>Only those who listen to everything get it: then a hint is worth its place for a slip of the pen, not for a neighbouring topic.</summary>
    public static string AfterLoggers(NearMiss? near, string topic) =>
        near is not null && TopicMismatch.Find(near.Filter, topic) is { Kind: not (TopicSlipKind.OtherLevel or TopicSlipKind.Typo or TopicSlipKind.Deeper or TopicSlipKind.Shallower or TopicSlipKind.WildcardBeforeSystem) } ? After(near, topic) : "";

    private static string Of(TopicSlip slip) => slip.Kind switch
    {
        TopicSlipKind.WildcardBeforeSystem => Texts.Publish_MissSystem.With(slip.Filter),
        TopicSlipKind.SpaceInFilter => Texts.Publish_MissSpaceFilter,
        TopicSlipKind.SpaceInTopic => Texts.Publish_MissSpaceTopic,
        TopicSlipKind.SlashBeforeTopic => Texts.Publish_MissSlashFirstTopic,
        TopicSlipKind.SlashBeforeFilter => Texts.Publish_MissSlashFirstFilter,
        TopicSlipKind.SlashAfterTopic => Texts.Publish_MissSlashLastTopic,
        TopicSlipKind.SlashAfterFilter => Texts.Publish_MissSlashLastFilter,
        TopicSlipKind.Case => Texts.Publish_MissCase,
        TopicSlipKind.Plural => Texts.Publish_MissPlural.With(slip.Level, slip.Topic, slip.Filter),
        TopicSlipKind.Typo => Texts.Publish_MissTypo.With(slip.Level, slip.Topic, slip.Filter),
        TopicSlipKind.Deeper => Texts.Publish_MissDeeper.With(slip.Topic, slip.Filter),
        TopicSlipKind.Shallower => Texts.Publish_MissShallower.With(slip.Topic, slip.Filter),
        _ => Texts.Publish_MissLevel.With(slip.Level, slip.Topic, slip.Filter),
    };
}
