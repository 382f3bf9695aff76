using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Retained;

/// <summary>Finds retained messages without copying one; of each it keeps its topic and what it is sorted by.</summary>
internal static class RetainedSearch
{
    public static RetainedIndex Find(RetainedMessages store, RetainedQuery query)
    {
        var topics = new List<string>();
        var keys = new List<long>();
        var bytes = 0L;
        foreach (var message in store.Matching(query.Filter))
        {
            if (IsWanted(message, query))
            {
                topics.Add(message.Topic.Name);
                bytes += message.Size;
                if (query.Sort != RetainedSort.Topic)
                {
                    keys.Add(KeyOf(message, query.Sort));
                }
            }

            message.Release();
        }

        return new RetainedIndex(query.Sort == RetainedSort.Topic ? topics : Sorted(topics, keys), bytes);
    }

    public static bool IsWanted(ApplicationMessage message, RetainedQuery query) =>
        message.Payload.Length >= query.MinSize
        && (query.StoredBefore is not { } before || message.ReceivedAt < before.ToUnixTimeMilliseconds())
        && (string.IsNullOrEmpty(query.Publisher) || message.PublisherId?.Contains(query.Publisher, StringComparison.OrdinalIgnoreCase) == true);

    private static long KeyOf(ApplicationMessage message, RetainedSort sort) => sort switch
    {
        RetainedSort.Newest => -message.ReceivedAt,
        RetainedSort.Oldest => message.ReceivedAt,
        RetainedSort.Largest => -message.Payload.Length,
        _ => message.ExpiresAt,
    };

    private static string[] Sorted(List<string> topics, List<long> keys)
    {
        // They come in the order of their topics, which decides between those alike.
        var order = new (long Key, int At)[topics.Count];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = (keys[i], i);
        }

        Array.Sort(order);
        return [.. order.Select(one => topics[one.At])];
    }
}
