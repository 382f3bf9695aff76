using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>Tells of the messages of one client that the broker refused: in the client's story, and to whoever looks at messages.</summary>
internal sealed class PublishRefusals(ClientConnection connection, ConnectionServices services)
{
    private bool _isInStory;

    private JourneyTeller Journeys => new(services.Observer, clientId: null);

    /// <summary>What the rules for topics and payloads refused. It stands in the story once a connection, so that a client in a loop cannot fill it; every refusal is counted.</summary>
    /// <returns>The number of its journey, under which its answer is told.</returns>
    public long Tell(Topic topic, in PublishView view, ReasonCode reason, DeliveryBatch batch)
    {
        connection.PublishesRefused++;
        if (reason == ReasonCode.TopicNameInvalid)
        {
            services.Limits.Count(IsTooDeep(topic) ? Limit.MaxTopicLevels : Limit.MaxTopicLength, connection.ClientId, connection.LastReceived);
        }

        if (!_isInStory)
        {
            _isInStory = true;
            services.Observer.ClientEvent(new ClientEvent(
                services.Time.GetUtcNow(), ClientEventKind.PublishRefused, connection.ClientId, connection.Transport.RemoteAddress, reason, new EventText(EventCode.PublishRefused, topic.Name, Cause(topic, reason))));
        }

        return services.Observer.SeesMessages ? Show(topic, view, reason, Cause(topic, reason), batch) : 0;
    }

    /// <summary>Shows a message to whoever looks at messages.</summary>
    /// <returns>As <see cref="Tell"/>.</returns>
    public long Show(Topic topic, in PublishView view, ReasonCode reason, EventText cause, DeliveryBatch batch)
    {
        if (!services.Observer.SeesMessages)
        {
            return 0;
        }

        var publish = new OutgoingPublish(topic, view, connection.ClientId, batch.Now, batch.Encodings) { Refusal = new MessageRefusal(reason, cause) };
        publish.Journey = services.Observer.BeginJourney(in publish);
        Journeys.Refused(publish.Journey, reason);
        services.Observer.MessageRefused(in publish);
        publish.Done();
        return publish.Journey;
    }

    /// <summary>Closes the connection, where MQTT has no other word for the refusal.</summary>
    public void Close(Topic topic, ReasonCode reason, long journey) => Close(reason, new EventText(EventCode.CausePublishRefused, topic.Name, Cause(topic, reason)), journey);

    public void Close(ReasonCode reason, EventText cause, long journey)
    {
        Journeys.Step(journey, JourneyStage.PublisherClosed);
        connection.Close(reason, cause);
    }

    private EventText Cause(Topic topic, ReasonCode reason) => reason switch
    {
        ReasonCode.PayloadFormatInvalid => new EventText(EventCode.CauseNotUtf8),
        ReasonCode.NotAuthorized => new EventText(EventCode.CauseOnlyBroker),
        _ when IsTooDeep(topic) => new EventText(EventCode.CauseTopicLevels, services.Options.MaxTopicLevels),
        _ => new EventText(EventCode.CauseTopicBytes, services.Options.MaxTopicLength),
    };

    private bool IsTooDeep(Topic topic) => topic.Levels > services.Options.MaxTopicLevels;
}
