using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Tests;

/// <summary>For tests of the engine that nobody watches.</summary>
internal sealed class SilentObserver : IBrokerObserver
{
    public bool SeesMessages => false;

    public long BeginJourney(in OutgoingPublish message) => 0;

    public void JourneyStep(in JourneyStep step)
    {
    }

    public void MessagePublished(in OutgoingPublish message, in DeliveryResult result)
    {
    }

    public void MessageRefused(in OutgoingPublish message)
    {
    }

    public void MessagesDropped(DropReason reason, int messages)
    {
    }

    public void TopicForgotten(Topic topic)
    {
    }

    public void ClientEvent(ClientEvent clientEvent)
    {
    }
}
