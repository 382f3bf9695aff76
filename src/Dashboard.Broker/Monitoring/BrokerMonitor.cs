using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;

namespace Dashboard.Broker.Monitoring;

/// <summary>Hears what the engine tells and passes it to whoever keeps it.</summary>
internal sealed class BrokerMonitor(TopicMonitor topics, MessageStreams streams, JourneyLog journeys, ClientEventLog events, ClientEventWriter writer) : IBrokerObserver
{
    private readonly DropCounts _dropped = new();

    public Dropped Dropped => _dropped.Read();

    public int SystemTopics => topics.SystemTopics;

    public bool SeesMessages => streams.Count > 0;

    public long BeginJourney(in OutgoingPublish message) => streams.Count == 0 ? 0 : journeys.Begin(message);

    public void JourneyStep(in JourneyStep step) => journeys.Add(step);

    public void MessagePublished(in OutgoingPublish message, in DeliveryResult result)
    {
        if (!message.Topic.IsTracked)
        {
            if (message.Journey != 0)
            {
                journeys.Forget(message.Journey);
            }

            return; // The table of topics is full; it counts these messages.
        }

        var (watch, sequence) = topics.Record(message, result);
        streams.Record(watch, sequence, message, result, TrialOf(sequence, message));
    }

    /// <summary>It is not the last value of its topic; whoever watches the messages sees that it came.</summary>
    public void MessageRefused(in OutgoingPublish message)
    {
        if (streams.Count > 0 || message.Journey != 0)
        {
            var sequence = topics.NextSequence();
            streams.Record(message.Topic.Observed as TopicWatch, sequence, message, default, TrialOf(sequence, message));
        }
    }

    public void MessagesDropped(DropReason reason, int messages) => _dropped.Add(reason, messages);

    public void TopicForgotten(Topic topic) => topics.Forget(topic);

    public void ClientEvent(ClientEvent clientEvent)
    {
        events.Add(clientEvent);
        writer.Write(clientEvent);
    }

    private JourneyTrial TrialOf(long sequence, in OutgoingPublish message) => message.Journey == 0 ? default : journeys.Routed(sequence, message);
}
