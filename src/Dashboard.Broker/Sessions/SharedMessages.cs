using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Sessions;

/// <summary>Hands what a member of a shared subscription leaves behind to another member (section 4.8.2).</summary>
internal static class SharedMessages
{
    /// <summary>Delivers each message to its group, while that has a member, and releases it.</summary>
    public static void PassOn(IReadOnlyList<OutboundMessage> left, SubscriptionIndex subscriptions, DeliveryBatch batch)
    {
        foreach (var outbound in left)
        {
            var message = outbound.Message;
            if (!message.HasExpired(batch.Now) && subscriptions.GroupOf(outbound.Share!) is { } group)
            {
                var publish = new OutgoingPublish(
                    message.Topic, message.PropertiesAt(batch.Now), message.Payload, message.QoS, message.Retain, message.PublisherId, batch.Now, batch.Encodings);
                group.Deliver(ref publish, batch);
                publish.Done();
            }

            message.Release();
        }
    }
}
