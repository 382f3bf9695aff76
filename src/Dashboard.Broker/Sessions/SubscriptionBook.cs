using System.Text;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Sessions;

/// <summary>Adds and removes subscriptions of sessions, whoever asked for it: the client by SUBSCRIBE, or an operator.</summary>
internal sealed class SubscriptionBook(BrokerOptions options, SubscriptionIndex index, LimitHits limits)
{
    /// <param name="replays">Gets what is to be replayed of the retained store.</param>
    /// <param name="cause">Why it was refused; null when it was not.</param>
    /// <returns>The granted QoS, or why there is none: a reason that SUBACK has [MQTT-3.9.3-2].</returns>
    public ReasonCode Subscribe(Session session, SessionSubscription subscription, long now, List<RetainedReplay> replays, out EventText? cause)
    {
        var request = subscription.Request;
        cause = null;
        if (TopicFilter.Check(request.Filter) is { } error)
        {
            cause = EventText.Of(error);
            return ReasonCode.TopicFilterInvalid;
        }

        if (request.Filter.AsSpan().Count('/') >= options.MaxTopicLevels)
        {
            limits.Count(Limit.MaxTopicLevels, session.ClientId, now);
            cause = new EventText(EventCode.CauseLevels, options.MaxTopicLevels);
            return ReasonCode.TopicFilterInvalid;
        }

        if (Encoding.UTF8.GetByteCount(request.Filter) > options.MaxTopicLength)
        {
            limits.Count(Limit.MaxTopicLength, session.ClientId, now);
            cause = new EventText(EventCode.CauseBytes, options.MaxTopicLength);
            return ReasonCode.TopicFilterInvalid;
        }

        if (!session.TrySetSubscription(subscription, out var replaced))
        {
            limits.Count(Limit.MaxSubscriptionsPerSession, session.ClientId, now);
            cause = new EventText(EventCode.CauseSubscriptions, options.MaxSubscriptionsPerSession);
            return ReasonCode.QuotaExceeded;
        }

        var entry = new Subscription(session, request.QoS, request.NoLocal, request.RetainAsPublished, subscription.Id is { } id ? [id] : null);
        index.Add(request.Filter, entry);
        if (session.Lifetime.HasEnded)
        {
            // The session was ended from elsewhere in this very moment and must leave nothing behind.
            index.Remove(request.Filter, session);
        }

        if (request.RetainHandling == RetainHandling.DoNotSend)
        {
            session.Outbound.CancelReplay(request.Filter); // [MQTT-3.3.1-11]
        }

        var wantsRetained = request.RetainHandling == RetainHandling.SendAtSubscribe
            || (request.RetainHandling == RetainHandling.SendAtSubscribeIfNew && replaced is null); // [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11] [MQTT-3.8.4-4] [MQTT-3.8.4-3, 3.1.1]
        if (wantsRetained && !TopicFilter.IsShared(request.Filter))
        {
            replays.Add(new RetainedReplay(request.Filter, entry)); // [MQTT-3.3.1-6, 3.1.1]
        }

        return (ReasonCode)request.QoS; // [MQTT-3.8.4-7]
    }

    /// <summary>What is in flight or waits goes out all the same [MQTT-3.10.4-3].</summary>
    /// <returns>False when there was no such subscription.</returns>
    public bool Unsubscribe(Session session, string filter)
    {
        session.Outbound.CancelReplay(filter); // [MQTT-3.10.4-2]
        if (!session.RemoveSubscription(filter)) // the very same filter only [MQTT-3.10.4-1]
        {
            return false;
        }

        index.Remove(filter, session); // [MQTT-3.10.4-2]
        return true;
    }
}
