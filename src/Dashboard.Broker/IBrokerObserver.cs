using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker;

/// <summary>
/// Whom the engine tells what happens. The engine owns this interface and reads nothing back, except the number of a journey,
/// which it only passes on, and whether anybody wants to see what was refused; implementations must be quick, must not block and must not throw, since they run on the way of the message.
/// </summary>
internal interface IBrokerObserver
{
    /// <summary>Whether anybody looks at messages now: one that is refused is not put together for nobody.</summary>
    bool SeesMessages { get; }

    /// <summary>Asked before a message goes to the retained store and its subscribers: the number under which its steps are told; 0 when nobody wants to hear them.</summary>
    long BeginJourney(in OutgoingPublish message);

    /// <summary>What became of a message that has a number.</summary>
    void JourneyStep(in JourneyStep step);

    /// <summary>A message was routed. Nothing of it may be kept beyond the call.</summary>
    void MessagePublished(in OutgoingPublish message, in DeliveryResult result);

    /// <summary>A message was refused, as its <see cref="OutgoingPublish.Refusal"/> says. Nothing of it may be kept beyond the call.</summary>
    void MessageRefused(in OutgoingPublish message);

    /// <summary>A session did not get messages that it was meant for, whether they came just now or waited.</summary>
    void MessagesDropped(DropReason reason, int messages);

    /// <summary>A topic was let go of, and what is kept about it should be too.</summary>
    void TopicForgotten(Topic topic);

    /// <summary>Something happened to a client that a person may want to read about.</summary>
    void ClientEvent(ClientEvent clientEvent);
}
