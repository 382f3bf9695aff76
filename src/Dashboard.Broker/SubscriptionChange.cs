using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker;

/// <summary>What came of subscribing a client, or taking a subscription from it, on the dashboard.</summary>
/// <param name="Cause">Why it was refused; null when it was not.</param>
/// <param name="IsThere">False when the client has no session, or no such subscription any more.</param>
public sealed record SubscriptionChange(ReasonCode Reason, EventText? Cause, bool IsThere)
{
    public bool IsDone => IsThere && Reason < ReasonCode.UnspecifiedError;
}
