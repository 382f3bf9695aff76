using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Monitoring;

/// <summary>Which messages a stream captures.</summary>
/// <param name="Topics">Topic filters, of which one must match.</param>
public sealed record StreamFilter(IReadOnlyList<string> Topics)
{
    /// <summary>Topic filters, of which none may match.</summary>
    public IReadOnlyList<string> NotTopics { get; init; } = [];

    /// <summary>Asked of every message with a matching topic, on its way: it must cost next to nothing. Null when all are wanted.</summary>
    public Func<MessageTraits, bool>? Traits { get; init; }

    /// <summary>Asked of a copy, off the way of the message, at most ten times <see cref="MonitoringOptions.StreamRate"/> a second. Null when all are wanted.</summary>
    public Func<MessageRecord, bool>? Content { get; init; }

    public bool MatchesTopic(string topic)
    {
        foreach (var filter in NotTopics)
        {
            if (TopicFilter.Matches(filter, topic))
            {
                return false;
            }
        }

        foreach (var filter in Topics)
        {
            if (TopicFilter.Matches(filter, topic))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What can be asked of a message at no cost.</summary>
/// <param name="Publisher">Client id; null when the server itself published.</param>
/// <param name="Size">Bytes of the payload.</param>
/// <param name="IsRefused">The broker refused it.</param>
public readonly record struct MessageTraits(string? Publisher, QualityOfService QoS, bool Retain, int Size, bool IsRefused);
