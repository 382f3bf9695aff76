using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>Why the broker took a published message neither for subscribers nor for the retained store.</summary>
/// <param name="Reason">What a publisher of MQTT 5.0 is told where its QoS has an answer.</param>
public sealed record MessageRefusal(ReasonCode Reason, EventText Cause);
