using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>The way of one message through the broker, as far as it has come.</summary>
/// <param name="Sequence">As <see cref="MessageRecord.Sequence"/>.</param>
/// <param name="Time">When it arrived; the moments of the receivers count from here.</param>
/// <param name="Publisher">Client id; null when the server itself published.</param>
/// <param name="Payload">The beginning of the payload.</param>
/// <param name="Moments">What happened to the message itself: the retained store, and the acknowledgements to its publisher.</param>
/// <param name="Receivers">In the order in which they were served, at most <see cref="MonitoringOptions.JourneyReceivers"/>.</param>
/// <param name="MoreReceivers">Matching receivers beyond them.</param>
public sealed record Journey(
    long Sequence,
    DateTimeOffset Time,
    string Topic,
    string? Publisher,
    QualityOfService QoS,
    bool Retain,
    byte[] Payload,
    int PayloadSize,
    IReadOnlyList<JourneyMoment> Moments,
    IReadOnlyList<JourneyReceiver> Receivers,
    int MoreReceivers)
{
    /// <summary>Why the broker refused the message; null for all others.</summary>
    public MessageRefusal? Refusal { get; init; }
}

/// <summary>The way of a message to one receiver.</summary>
/// <param name="Filters">Its filters that match; a shared one as it was subscribed to.</param>
/// <param name="QoS">What was granted: the highest, when several filters match.</param>
/// <param name="GroupMembers">How many share the subscription; 0 when it is not shared.</param>
public sealed record JourneyReceiver(string ClientId, IReadOnlyList<string> Filters, QualityOfService QoS, int GroupMembers, IReadOnlyList<JourneyMoment> Moments);

/// <param name="After">Since the message arrived.</param>
/// <param name="Reason">The reason code of an acknowledgement or a refusal.</param>
public readonly record struct JourneyMoment(JourneyStage Stage, TimeSpan After, ReasonCode Reason);
