using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Routing;

/// <summary>What one subscriber asked for, or the sum of what it asked for with several filters that match one topic.</summary>
/// <param name="Ids">Subscription identifiers, null when there are none.</param>
internal readonly record struct Subscription(
    ISubscriber Subscriber,
    QualityOfService QoS,
    bool NoLocal,
    bool RetainAsPublished,
    uint[]? Ids)
{
    /// <summary>
    /// Overlapping subscriptions give one copy at the highest granted QoS with all identifiers [MQTT-3.3.4-2] [MQTT-3.3.4-4].
    /// </summary>
    public Subscription Merge(in Subscription other) => new(
        Subscriber,
        QoS > other.QoS ? QoS : other.QoS,
        NoLocal && other.NoLocal,
        RetainAsPublished || other.RetainAsPublished,
        Ids is null ? other.Ids : other.Ids is null ? Ids : [.. Ids, .. other.Ids]);
}
