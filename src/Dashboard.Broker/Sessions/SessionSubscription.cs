using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>A subscription as its session remembers it.</summary>
/// <param name="Id">Subscription identifier; null when the client gave none.</param>
internal sealed record SessionSubscription(SubscriptionRequest Request, uint? Id);
