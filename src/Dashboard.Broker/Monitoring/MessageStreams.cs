using Dashboard.Broker.Messages;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Monitoring;

/// <summary>The streams that somebody looks at now. With none open, a message costs one look at an empty array.</summary>
public sealed class MessageStreams(BrokerOptions options)
{
    /// <summary>A second, for a topic that is only watched: the journeys that Messages pages look at must not be pushed out by it.</summary>
    private const int WatchedJourneys = 5;

    private readonly Lock _gate = new();
    private volatile MessageStream[] _open = [];
    private volatile UnwatchedSelection? _lastUnwatched;

    /// <summary>Streams that are open.</summary>
    public int Count => _open.Length;

    /// <summary>Bytes of payloads that they hold.</summary>
    public long HeldBytes => _open.Sum(stream => stream.HeldBytes);

    /// <summary>Starts to capture the messages that match a filter.</summary>
    public MessageStream Open(StreamFilter filter) => Add(new MessageStream(this, filter, options.Monitoring, options.Monitoring.StreamLength, journeyRate: int.MaxValue));

    /// <summary>Starts to capture the messages that match a topic filter.</summary>
    public MessageStream Open(string topicFilter) => Open(new StreamFilter([topicFilter]));

    /// <summary>Has journeys of messages on one topic recorded, a few each second, until what is returned is disposed; null when it is no topic name.</summary>
    public IDisposable? Watch(string topic) => TopicName.IsValid(topic)
        ? Add(new MessageStream(this, new StreamFilter([topic]), options.Monitoring, length: 1, WatchedJourneys))
        : null;

    private MessageStream Add(MessageStream stream)
    {
        lock (_gate)
        {
            _open = [.. _open, stream];
        }

        return stream;
    }

    internal void Close(MessageStream stream)
    {
        lock (_gate)
        {
            _open = [.. _open.Where(other => other != stream)];
        }
    }

    /// <summary>Whether any of the open streams wants a message, as far as can be said without a look into its payload.</summary>
    internal bool Want(in OutgoingPublish message)
    {
        var open = _open;
        var matching = message.Topic.Observed is TopicWatch { IsForgotten: false } watch ? Select(watch, open, message.Topic)
            : message.Refusal is not null ? SelectUnwatched(open, message.Topic)
            : message.Topic.IsTracked ? Matching(open, message.Topic)
            : [];
        foreach (var stream in matching)
        {
            if (stream.Wants(message) && stream.MayFollow(message.ReceivedAt))
            {
                return true;
            }
        }

        return false;
    }

    /// <param name="watch">Of the topic; null when it has none.</param>
    internal void Record(TopicWatch? watch, long sequence, in OutgoingPublish message, in DeliveryResult result, in JourneyTrial trial)
    {
        var open = _open;
        if (open.Length > 0)
        {
            foreach (var stream in watch is null ? SelectUnwatched(open, message.Topic) : Select(watch, open, message.Topic))
            {
                stream.Record(sequence, message, result, trial);
            }
        }

        trial.Answer(isSeen: false);
    }

    private static MessageStream[] Select(TopicWatch watch, MessageStream[] open, Topic topic)
    {
        var selection = watch.Streams;
        if (selection is null || !ReferenceEquals(selection.Of, open))
        {
            watch.Streams = selection = new StreamSelection(open, Matching(open, topic));
        }

        return selection.Matching;
    }

    /// <summary>A client that publishes again and again what is refused names the same topic.</summary>
    private MessageStream[] SelectUnwatched(MessageStream[] open, Topic topic)
    {
        var last = _lastUnwatched;
        if (last?.Topic != topic || !ReferenceEquals(last.Selection.Of, open))
        {
            _lastUnwatched = last = new UnwatchedSelection(topic, new StreamSelection(open, Matching(open, topic)));
        }

        return last.Selection.Matching;
    }

    // By itself, as its closure would be allocated at the beginning of whichever method it stood in.
    private static MessageStream[] Matching(MessageStream[] open, Topic topic) => [.. open.Where(stream => stream.Matches(topic))];
}

/// <summary>Which of the open streams match a topic; right as long as the open streams are those it was made from.</summary>
internal sealed record StreamSelection(MessageStream[] Of, MessageStream[] Matching);

/// <summary>The same for a topic of which nothing is kept, as all that came on it was refused.</summary>
internal sealed record UnwatchedSelection(Topic Topic, StreamSelection Selection);
