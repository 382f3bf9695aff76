using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Sessions;

/// <summary>Answers whom a message would reach, without sending anything. It asks the index as a publish does, so it costs what matches.</summary>
internal sealed class ReceiverSearch(TopicTable topics, SubscriptionIndex subscriptions, SessionRegistry sessions)
{
    private const int MaxListed = 50;
    private const int MaxCompared = 2_000;

    public MessageReach Find(string topicName, QualityOfService qos)
    {
        var utf8 = Encoding.UTF8.GetBytes(topicName);
        if (!TopicName.IsValid(utf8))
        {
            return new MessageReach(0, [], [], null);
        }

        // A name that is only being typed must not take a place in the table.
        var route = subscriptions.RouteOf(topics.TryGet(utf8, out var known) ? known : new Topic(utf8));
        var nobody = route.Subscriptions.Length == 0 && route.Groups.Length == 0;
        return new MessageReach(
            route.Subscriptions.Length,
            [.. route.Subscriptions.Take(MaxListed).Select(one => Describe(one, topicName, qos)).OrderBy(one => one.ClientId, StringComparer.Ordinal)],
            [.. route.Groups.Take(MaxListed).Select(Describe)],
            nobody ? FindNearMiss(topicName) : null);
    }

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

    private NearMiss? FindNearMiss(string topic)
    {
        var closest = sessions.All
            .SelectMany(session => Filters(session).Select(filter => (session.ClientId, Filter: filter)))
            .Take(MaxCompared)
            .Select(one => (one.ClientId, one.Filter, Distance: TopicDistance.Between(one.Filter, topic)))
            .Where(one => one.Distance <= TopicDistance.Near)
            .OrderBy(one => one.Distance)
            .FirstOrDefault();
        return closest.Filter is not null && TopicMismatch.Explain(closest.Filter, topic) is { } reason
            ? new NearMiss(closest.ClientId, closest.Filter, reason)
            : null;
    }

    private static IEnumerable<string> Filters(Session session) => session.Subscriptions().Select(subscription => subscription.Request.Filter);
}
