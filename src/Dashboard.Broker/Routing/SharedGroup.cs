using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Routing;

/// <summary>The members of one shared subscription, <c>$share/name/filter</c>; each message goes to one of them (section 4.8.2).</summary>
internal sealed class SharedGroup(string name, string filter)
{
    private Subscription[] _members = [];
    private uint _turn;

    public string Name { get; } = name;

    public string Filter { get; } = filter;

    /// <summary>What its members subscribed to.</summary>
    public string Share { get; } = $"$share/{name}/{filter}";

    public IReadOnlyList<Subscription> Members => _members;

    /// <returns>True when the subscriber was not a member.</returns>
    public bool Set(Subscription member)
    {
        var others = Others(member.Subscriber);
        var isNew = others.Length == _members.Length;
        _members = [.. others, member with { Share = Share }]; // in one step: a message that comes now must not be lost [MQTT-3.8.4-4]
        return isNew;
    }

    /// <returns>True when the subscriber was a member.</returns>
    public bool Remove(ISubscriber subscriber)
    {
        var before = _members.Length;
        _members = Others(subscriber);
        return _members.Length < before;
    }

    /// <summary>Takes turns among the connected members; only when none is connected may one queue the message.</summary>
    public Delivery Deliver(ref OutgoingPublish publish, DeliveryBatch batch)
    {
        publish.GroupMembers = _members.Length;
        var outcome = DeliverToOne(ref publish, batch);
        publish.GroupMembers = 0;
        return outcome;
    }

    private Subscription[] Others(ISubscriber subscriber) => [.. _members.Where(member => member.Subscriber != subscriber)];

    private Delivery DeliverToOne(ref OutgoingPublish publish, DeliveryBatch batch)
    {
        var members = _members;
        var first = Interlocked.Increment(ref _turn);
        var lost = -1;
        for (uint i = 0; i < members.Length; i++)
        {
            var at = (int)((first + i) % (uint)members.Length);
            ref readonly var member = ref members[at];
            if (!member.Subscriber.IsConnected)
            {
                continue;
            }

            var outcome = member.Subscriber.Deliver(ref publish, member, batch); // with its own QoS [MQTT-4.8.2-3]
            if (outcome is Delivery.Sent or Delivery.Queued)
            {
                return outcome;
            }

            lost = outcome == Delivery.Dropped ? at : lost;
        }

        for (uint i = 0; i < members.Length; i++)
        {
            var at = (int)((first + i) % (uint)members.Length);
            ref readonly var member = ref members[at];
            if (member.Subscriber.IsConnected)
            {
                continue;
            }

            var outcome = member.Subscriber.Deliver(ref publish, member, batch);
            if (outcome == Delivery.Queued)
            {
                return outcome;
            }

            lost = outcome == Delivery.Dropped ? at : lost;
        }

        return lost < 0 ? Delivery.Skipped : Lose(publish, members[lost], batch);
    }

    /// <summary>The group lost one message, however many members could not take it.</summary>
    private static Delivery Lose(in OutgoingPublish publish, in Subscription member, DeliveryBatch batch)
    {
        var isAtMostOnce = publish.QoS == QualityOfService.AtMostOnce || member.QoS == QualityOfService.AtMostOnce;
        member.Subscriber.CountDropped(isAtMostOnce ? DropReason.SlowClient : DropReason.QueueFull, batch);
        return Delivery.Dropped;
    }
}
