using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Retained;

/// <summary>The retained store for whoever looks at it: copies, in pages. Thread-safe.</summary>
internal sealed class RetainedReader(RetainedMessages store, MonitoringOptions options)
{
    public IReadOnlyList<RetainedMessage> Read(string filter, string? after, int count, int maxPayload)
    {
        var page = new List<RetainedMessage>();
        foreach (var message in store.Matching(filter, after))
        {
            if (page.Count == count)
            {
                message.Release();
                break;
            }

            page.Add(Copy(message, Math.Min(maxPayload, options.MaxPayloadBytes)));
            message.Release();
        }

        return page;
    }

    public RetainedOutline Outline(string filter, int pageSize)
    {
        var pageEnds = new List<string>();
        var count = 0;
        var bytes = 0L;
        foreach (var message in store.Matching(filter))
        {
            count++;
            bytes += message.Size;
            if (count % pageSize == 0)
            {
                pageEnds.Add(message.Topic.Name);
            }

            message.Release();
        }

        return new RetainedOutline(count, bytes, pageEnds);
    }

    public RetainedMessage? Find(string topic)
    {
        if (store.Find(topic) is not { } message)
        {
            return null;
        }

        var copy = Copy(message, int.MaxValue);
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

    private static RetainedMessage Copy(ApplicationMessage message, int maxPayload) => new(
        message.Topic.Name,
        message.Payload[..Math.Min(message.Payload.Length, maxPayload)].ToArray(),
        message.Payload.Length,
        message.QoS,
        message.PublisherId,
        DateTimeOffset.FromUnixTimeMilliseconds(message.ReceivedAt),
        message.ExpiresAt == ApplicationMessage.NeverExpires ? null : DateTimeOffset.FromUnixTimeMilliseconds(message.ExpiresAt),
        message.DecodeProperties(message.ReceivedAt));
}
