using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Sessions;

/// <summary>Answers whom a message would reach, without sending anything. It asks the index as a publish does, so it costs what matches.</summary>
internal sealed class ReceiverSearch(TopicTable topics, SubscriptionIndex subscriptions, SessionRegistry sessions, TimeProvider time)
{
    private const int ComparedAtOnce = 256;

    /// <summary>More receivers than these are no loggers.</summary>
    private const int MostLoggers = 20;

    /// <summary>Somebody is typing and waits for the answer.</summary>
    private static readonly TimeSpan MaxTime = TimeSpan.FromMilliseconds(50);

    public MessageReach Find(string topicName, QualityOfService qos, int most)
    {
        var utf8 = Encoding.UTF8.GetBytes(topicName);
        if (!TopicName.IsValid(utf8))
        {
            return MessageReach.Nobody;
        }

        // A name that is only being typed must not take a place in the table.
        var route = subscriptions.RouteOf(topics.TryGet(utf8, out var known) ? known : new Topic(utf8));
        var reach = new MessageReach(
            route.Subscriptions.Length,
            route.Subscriptions.Count(one => !one.Subscriber.IsConnected),
            route.Groups.Length,
            [.. route.Subscriptions.OrderBy(one => ((Session)one.Subscriber).ClientId, StringComparer.Ordinal).Take(most).Select(one => Describe(one, topicName, qos))],
            [.. route.Groups.OrderBy(group => group.Share, StringComparer.Ordinal).Take(most).Select(Describe)]);
        return AreLoggers(route) ? reach with { NearMiss = FindNearMiss(topicName, out var comparedOnly), ComparedOnly = comparedOnly } : reach;
    }

    /// <summary>Nobody, or only those who listen to everything: they would have got any other topic too, so that they match says nothing of a slip.</summary>
    private static bool AreLoggers(Route route) =>
        route.Groups.All(group => group.Filter == TopicFilter.Everything)
        && route.Subscriptions.Length <= MostLoggers
        && route.Subscriptions.All(one => Filters((Session)one.Subscriber).Contains(TopicFilter.Everything));

    private static Receiver Describe(Subscription subscription, string topic, QualityOfService qos)
    {
        var session = (Session)subscription.Subscriber;
        return new Receiver(
            session.ClientId,
            session.IsConnected,
            qos < subscription.QoS ? qos : subscription.QoS, // [MQTT-3.8.4-8]
            [.. Filters(session).Where(filter => !TopicFilter.IsShared(filter) && TopicFilter.Matches(filter, topic))]);
    }

    private static ReceiverGroup Describe(SharedGroup group)
    {
        var members = group.Members;
        return new ReceiverGroup(group.Name, group.Filter, members.Count, members.Count(member => member.Subscriber.IsConnected));
    }

    /// <param name="comparedOnly">Null when all subscriptions were compared.</param>
    private NearMiss? FindNearMiss(string topic, out int? comparedOnly)
    {
        var begun = time.GetTimestamp();
        var closest = (ClientId: "", Filter: "", Distance: TopicDistance.Near + 1);
        var compared = 0;
        comparedOnly = null;
        foreach (var session in sessions.All)
        {
            foreach (var filter in Filters(session))
            {
                var distance = TopicDistance.Between(filter, topic);
                if (distance < closest.Distance && (distance > 0 || TopicMismatch.Explain(filter, topic) is not null)) // one that matches is no miss
                {
                    closest = (session.ClientId, filter, distance);
                }

                if (++compared % ComparedAtOnce == 0 && time.GetElapsedTime(begun) > MaxTime)
                {
                    comparedOnly = compared;
                    return Explain(closest, topic);
                }
            }
        }

        return Explain(closest, topic);
    }

    private static NearMiss? Explain((string ClientId, string Filter, int Distance) closest, string topic) =>
        closest.Filter.Length > 0 && TopicMismatch.Explain(closest.Filter, topic) is { } reason ? new NearMiss(closest.ClientId, closest.Filter, reason) : null;

    private static IEnumerable<string> Filters(Session session) => session.Subscriptions().Select(subscription => subscription.Request.Filter);
}
