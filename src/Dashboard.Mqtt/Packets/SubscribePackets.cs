namespace Dashboard.Mqtt.Packets;

/// <summary>What happens to retained messages at the moment of a SUBSCRIBE (section 3.8.3.1).</summary>
public enum RetainHandling : byte
{
    SendAtSubscribe = 0,
    SendAtSubscribeIfNew = 1,
    DoNotSend = 2,
}

/// <summary>One filter of a SUBSCRIBE with its options; before MQTT 5.0 all options but the QoS have their defaults.</summary>
public sealed record SubscriptionRequest(
    string Filter,
    QualityOfService QoS = QualityOfService.AtMostOnce,
    bool NoLocal = false,
    bool RetainAsPublished = false,
    RetainHandling RetainHandling = RetainHandling.SendAtSubscribe);

/// <summary>SUBSCRIBE (section 3.8).</summary>
public sealed record SubscribePacket(ushort PacketId, IReadOnlyList<SubscriptionRequest> Subscriptions, Properties? Properties = null);

/// <summary>SUBACK (section 3.9): one reason for each filter, in the order asked.</summary>
public sealed record SubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons, Properties? Properties = null);

/// <summary>UNSUBSCRIBE (section 3.10).</summary>
public sealed record UnsubscribePacket(ushort PacketId, IReadOnlyList<string> Filters, Properties? Properties = null);

/// <summary>UNSUBACK (section 3.11); the reasons are not on the wire before MQTT 5.0.</summary>
public sealed record UnsubAckPacket(ushort PacketId, IReadOnlyList<ReasonCode> Reasons, Properties? Properties = null);
