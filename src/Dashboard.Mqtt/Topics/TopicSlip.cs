namespace Dashboard.Mqtt.Topics;

/// <summary>The slip that keeps a filter from matching a topic.</summary>
public enum TopicSlipKind
{
    /// <summary>A wildcard at the start does not match a topic that starts with $ [MQTT-4.7.2-1].</summary>
    WildcardBeforeSystem,
    SpaceInFilter,
    SpaceInTopic,
    SlashBeforeTopic,
    SlashBeforeFilter,
    SlashAfterTopic,
    SlashAfterFilter,
    Case,
    Plural,

    /// <summary>One letter more, less or other.</summary>
    Typo,
    OtherLevel,

    /// <summary>The topic has more levels than the filter.</summary>
    Deeper,

    /// <summary>The topic has fewer levels than the filter asks for.</summary>
    Shallower,
}

/// <summary>What differs.</summary>
/// <param name="Level">The level that differs, counted from 1; 0 when it is not one.</param>
/// <param name="Topic">What the topic says there, or how many levels it has.</param>
/// <param name="Filter">What the filter says there, or how many levels it asks for.</param>
public readonly record struct TopicSlip(TopicSlipKind Kind, int Level = 0, string Topic = "", string Filter = "");
