using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Routing;

/// <summary>What one subscriber asked for, or the sum of what it asked for with several filters that match one topic.</summary>
/// <param name="Ids">Subscription identifiers, null when there are none.</param>
/// <param name="Own">What counts for the subscriber's own messages when only some of its filters have no local; null when they make no difference.</param>
/// <param name="Share">The shared subscription that it is a part of, as <c>$share/name/filter</c>; null when it is none.</param>
internal readonly record struct Subscription(
    ISubscriber Subscriber,
    QualityOfService QoS,
    bool NoLocal,
    bool RetainAsPublished,
    uint[]? Ids,
    OwnMessages? Own = null,
    string? Share = null)
{
    private const int MaxFilters = 1_000;

    /// <summary>The filters it stands for, for whoever wants to read them, with U+0000, which no filter has, between them; of very many only the first.</summary>
    public string Filters { get; init; } = "";

    /// <summary>
    /// Overlapping subscriptions give one copy at the highest granted QoS with all identifiers [MQTT-3.3.4-2] [MQTT-3.3.4-4] [MQTT-3.3.5-1, 3.1.1].
    /// </summary>
    public Subscription Merge(in Subscription other)
    {
        var sum = Sum(other);
        return !sum.NoLocal && (NoLocal || other.NoLocal || Own is not null) ? sum with { Own = new OwnMessages(SumOfLocal(other)) } : sum;
    }

    private Subscription SumOfLocal(in Subscription other)
    {
        var own = Own?.Subscription ?? this;
        return own.NoLocal ? other : other.NoLocal ? own : own.Sum(other);
    }

    private Subscription Sum(in Subscription other) => new(
        Subscriber,
        QoS > other.QoS ? QoS : other.QoS,
        NoLocal && other.NoLocal,
        RetainAsPublished || other.RetainAsPublished,
        Ids is null ? other.Ids : other.Ids is null ? Ids : [.. Ids, .. other.Ids])
    {
        Filters = Filters.Length < MaxFilters ? $"{Filters}\0{other.Filters}" : Filters,
    };
}

/// <summary>The sum of those subscriptions of a subscriber that its own messages reach [MQTT-3.8.3-3].</summary>
internal sealed record OwnMessages(Subscription Subscription);
