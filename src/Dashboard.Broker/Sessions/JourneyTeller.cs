using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>Tells the observer what becomes of those messages that have the number of a journey, on their way to one client, or (null) to themselves and towards their publisher.</summary>
internal readonly struct JourneyTeller(IBrokerObserver observer, string? clientId)
{
    /// <summary>Why a message comes to this client.</summary>
    public void Match(in OutgoingPublish publish, in Subscription subscription)
    {
        if (publish.Journey != 0)
        {
            observer.JourneyStep(new JourneyStep(publish.Journey, clientId, JourneyStage.Matched, subscription.QoS, subscription.Filters, publish.GroupMembers));
        }
    }

    public void Step(long journey, JourneyStage stage)
    {
        if (journey != 0)
        {
            observer.JourneyStep(new JourneyStep(journey, clientId, stage));
        }
    }

    public void Refused(long journey, ReasonCode reason)
    {
        if (journey != 0)
        {
            observer.JourneyStep(new JourneyStep(journey, clientId, JourneyStage.Refused, Reason: reason));
        }
    }

    public void Acknowledged(long journey, in AckView ack) => Acknowledged(journey, ack.Type, ack.Reason);

    public void Acknowledged(long journey, PacketType type, ReasonCode reason)
    {
        if (journey != 0)
        {
            var stage = type switch
            {
                PacketType.PubAck => JourneyStage.PubAck,
                PacketType.PubRec => JourneyStage.PubRec,
                _ => JourneyStage.PubComp,
            };
            observer.JourneyStep(new JourneyStep(journey, clientId, stage, Reason: reason));
        }
    }

    /// <summary>The session ends with what was in flight and what waited.</summary>
    public void End(InflightWindow inflight, SessionQueue queue)
    {
        if (inflight.Count + queue.Count == 0)
        {
            return;
        }

        foreach (var message in inflight.InOrder().Select(entry => entry.Message).Concat(queue.Messages))
        {
            Step(message.Journey, JourneyStage.SessionEnded);
        }
    }
}
