using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>The one way that a message goes to its subscribers and into the retained store, whoever published it.</summary>
internal sealed class MessageDispatcher(SubscriptionIndex subscriptions, RetainedMessages retained, LimitHits limits, IBrokerObserver observer)
{
    private static readonly MessageRefusal RetainedFull = new(ReasonCode.QuotaExceeded, new EventText(EventCode.CauseRetainedFull));

    public DeliveryResult Publish(ref OutgoingPublish publish, DeliveryBatch batch)
    {
        var result = default(DeliveryResult);
        publish.Topic.LastUsed = publish.ReceivedAt;
        if (!publish.Topic.IsTracked)
        {
            limits.Count(Limit.MaxTopics, publish.PublisherId, publish.ReceivedAt);
        }

        publish.Journey = observer.BeginJourney(in publish);
        if (publish.Retain && !TryRetain(ref publish, batch)) // [MQTT-3.3.1-8] [MQTT-3.3.1-12, 3.1.1]
        {
            result.RetainedStoreIsFull = true;
            observer.MessageRefused(in publish);
            publish.Done();
            return result;
        }

        var route = subscriptions.RouteOf(publish.Topic);
        foreach (ref readonly var subscription in route.Subscriptions.AsSpan())
        {
            result.Count(subscription.Subscriber.Deliver(ref publish, subscription, batch)); // [MQTT-4.5.0-1]
        }

        foreach (var group in route.Groups)
        {
            result.Count(group.Deliver(ref publish, batch));
        }

        observer.MessagePublished(in publish, in result);
        publish.Done();
        return result;
    }

    /// <summary>Whether a message has to be written down before it can be acknowledged: to be retained, or for a session that is kept.</summary>
    public bool NeedsStore(Topic topic, bool retain)
    {
        if (retain && !topic.IsSystem)
        {
            return true;
        }

        var route = subscriptions.RouteOf(topic);
        return Array.Exists(route.Subscriptions, Needs) || Array.Exists(route.Groups, group => group.Members.Any(Needs));

        static bool Needs(Subscription subscription) => subscription is { QoS: > QualityOfService.AtMostOnce, Subscriber.IsKept: true };
    }

    private bool TryRetain(ref OutgoingPublish publish, DeliveryBatch batch)
    {
        var outcome = retained.Set(ref publish, out var generation);
        if (outcome == RetainOutcome.Full)
        {
            // Whoever asks for refused messages only has not asked for it before.
            publish.Refusal = RetainedFull;
            publish.Journey = publish.Journey != 0 ? publish.Journey : observer.BeginJourney(in publish);
        }

        new JourneyTeller(observer, clientId: null).Step(publish.Journey, StageOf(outcome));
        if (publish.QoS > QualityOfService.AtMostOnce)
        {
            batch.Needs(generation);
        }

        return outcome != RetainOutcome.Full;
    }

    private static JourneyStage StageOf(RetainOutcome outcome) => outcome switch
    {
        RetainOutcome.Stored => JourneyStage.RetainedStored,
        RetainOutcome.Replaced => JourneyStage.RetainedReplaced,
        RetainOutcome.Cleared => JourneyStage.RetainedCleared,
        RetainOutcome.NothingThere => JourneyStage.RetainedNothing,
        _ => JourneyStage.RetainedFull,
    };
}
