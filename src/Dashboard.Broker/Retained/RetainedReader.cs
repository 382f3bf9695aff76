using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Retained;

/// <summary>The retained store for whoever looks at it: copies, in pages. Thread-safe.</summary>
internal sealed class RetainedReader(RetainedMessages store)
{
    /// <summary>The messages of some topics, in the same order; null for each that is no longer there.</summary>
    public IReadOnlyList<RetainedMessage?> Read(IEnumerable<string> topics, int maxPayload) => [.. topics.Select(topic => Find(topic, maxPayload))];

    public RetainedMessage? Find(string topic, int maxPayload = int.MaxValue)
    {
        if (store.Find(topic) is not { } message)
        {
            return null;
        }

        var copy = Copy(message, maxPayload);
        message.Release();
        return copy;
    }

    public int Count(string filter)
    {
        var count = 0;
        foreach (var message in store.Matching(filter))
        {
            message.Release();
            count++;
        }

        return count;
    }

    public long Size(IEnumerable<string> topics)
    {
        var bytes = 0L;
        foreach (var topic in topics)
        {
            if (store.Find(topic) is { } message)
            {
                bytes += message.Size;
                message.Release();
            }
        }

        return bytes;
    }

    private static RetainedMessage Copy(ApplicationMessage message, int maxPayload) => new(
        message.Topic.Name,
        message.Payload[..Math.Min(message.Payload.Length, maxPayload)].ToArray(),
        message.Payload.Length,
        message.QoS,
        message.PublisherId,
        DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt),
        message.ExpiresAt == ApplicationMessage.NeverExpires ? null : DateTimeOffset.FromUnixTimeMilliseconds(message.ExpiresAt),
        message.DecodeProperties(message.ReceivedAt),
        message.Replays);
}
