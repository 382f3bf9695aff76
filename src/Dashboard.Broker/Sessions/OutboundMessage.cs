using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>A message for one session, as that session gets it. It holds a reference to the message.</summary>
internal readonly record struct OutboundMessage(ApplicationMessage Message, QualityOfService QoS, bool Retain, uint[]? SubscriptionIds)
{
    /// <summary>Its place in the order of the session.</summary>
    public long Sequence { get; init; }

    /// <summary>The shared subscription that it came through; null when it was meant for this session.</summary>
    public string? Share { get; init; }

    /// <summary>As <see cref="OutgoingPublish.Journey"/>.</summary>
    public long Journey { get; init; }
}
