using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>Hears what the engine tells and passes it to whoever keeps it.</summary>
internal sealed class BrokerMonitor(TopicMonitor topics, MessageStreams streams, JourneyLog journeys, ClientEventLog events, ClientEventWriter writer) : IBrokerObserver
{
    private long _dropped;

    /// <summary>Deliveries that were lost to a limit since the start.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public long BeginJourney(in OutgoingPublish message) => streams.Count == 0 ? 0 : journeys.Begin(message);

    public void JourneyStep(in JourneyStep step) => journeys.Add(step);

    public void MessagePublished(in OutgoingPublish message, in DeliveryResult result)
    {
        if (result.Dropped > 0)
        {
            Interlocked.Add(ref _dropped, result.Dropped);
        }

        if (!message.Topic.IsTracked)
        {
            return; // The table of topics is full; it counts these messages.
        }

        var (watch, sequence) = topics.Record(message, result);
        if (message.Journey != 0)
        {
            journeys.Routed(sequence, message);
        }

        streams.Record(watch, sequence, message, result);
    }

    public void TopicForgotten(Topic topic) => topics.Forget(topic);

    public void ClientEvent(ClientEvent clientEvent)
    {
        events.Add(clientEvent);
        writer.Write(clientEvent);
    }
}
