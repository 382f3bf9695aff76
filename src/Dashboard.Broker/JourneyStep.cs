using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>What happens to a message: to it itself and towards its publisher, or on its way to one receiver.</summary>
public enum JourneyStage : byte
{
    /// <summary>A subscription of the receiver matches; every way begins with it.</summary>
    Matched,

    /// <summary>Handed to the receiver's connection.</summary>
    Sent,

    /// <summary>Handed to a connection again, with DUP, since it was not acknowledged on the one before.</summary>
    SentAgain,

    /// <summary>Waits in the session: the client is away, or has as much unacknowledged as it may have.</summary>
    Queued,

    /// <summary>Has its packet identifier and waits until the store has committed it; or its acknowledgement to the publisher does.</summary>
    Held,

    /// <summary>PUBACK.</summary>
    PubAck,

    /// <summary>PUBREC.</summary>
    PubRec,

    /// <summary>PUBCOMP.</summary>
    PubComp,

    /// <summary>The receiver is the publisher and asked for no local.</summary>
    NoLocal,

    /// <summary>The client is away, and at QoS 0 nothing waits.</summary>
    Offline,

    /// <summary>Larger than the client's maximum packet size.</summary>
    TooLarge,

    /// <summary>Lost: too much waits for the connection already.</summary>
    OutboxFull,

    /// <summary>Lost: the session's queue is full.</summary>
    QueueFull,

    /// <summary>Lost: it was the oldest in a full queue and made room for another.</summary>
    Displaced,

    /// <summary>Lost: its message expiry interval ended while it waited.</summary>
    Expired,

    /// <summary>Lost: the session ended before.</summary>
    SessionEnded,

    /// <summary>The retained store keeps it; there was none on its topic.</summary>
    RetainedStored,

    /// <summary>The retained store keeps it, in the place of an older one.</summary>
    RetainedReplaced,

    /// <summary>Its payload is empty: what was retained on its topic is gone [MQTT-3.3.1-6].</summary>
    RetainedCleared,

    /// <summary>Its payload is empty, and nothing was retained on its topic [MQTT-3.3.1-7].</summary>
    RetainedNothing,

    /// <summary>Refused: the retained store is full, and the message went to nobody.</summary>
    RetainedFull,

    /// <summary>Refused before any subscription was looked at.</summary>
    Refused,

    /// <summary>The connection of the publisher was closed for it.</summary>
    PublisherClosed,
}

/// <summary>One step of a recorded message, told in the moment it happens.</summary>
/// <param name="Journey">The number that <see cref="IBrokerObserver.BeginJourney"/> gave the message.</param>
/// <param name="ClientId">The receiver; null when the step is one of the message itself or towards its publisher.</param>
/// <param name="QoS">Granted, with <see cref="JourneyStage.Matched"/>.</param>
/// <param name="Filters">With <see cref="JourneyStage.Matched"/>: as <see cref="Routing.Subscription.Filters"/>.</param>
/// <param name="GroupMembers">With <see cref="JourneyStage.Matched"/>: how many share the subscription; 0 when it is not shared.</param>
/// <param name="Reason">With an acknowledgement or a refusal: its reason code.</param>
internal readonly record struct JourneyStep(
    long Journey,
    string? ClientId,
    JourneyStage Stage,
    QualityOfService QoS = QualityOfService.AtMostOnce,
    string? Filters = null,
    int GroupMembers = 0,
    ReasonCode Reason = ReasonCode.Success);
