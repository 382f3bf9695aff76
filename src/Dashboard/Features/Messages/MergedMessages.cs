using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Messages;

/// <summary>The rows of several streams as one list, newest first, each message once.</summary>
internal static class MergedMessages
{
    public static int Count(IReadOnlyList<List<MessageRecord>> lists) => lists.SelectMany(list => list.Select(message => message.Sequence)).Distinct().Count();

    /// <returns>The rows, and for each sequence the streams that have it: bit 0 for the first, and so on.</returns>
    public static (List<MessageRecord> Rows, Dictionary<long, int> Streams) Of(IReadOnlyList<List<MessageRecord>> lists)
    {
        var rows = new List<MessageRecord>(lists.Sum(list => list.Count));
        var streams = new Dictionary<long, int>(rows.Capacity);
        var at = new int[lists.Count];
        while (true)
        {
            MessageRecord? newest = null;
            for (var i = 0; i < lists.Count; i++)
            {
                if (at[i] < lists[i].Count && lists[i][at[i]].Sequence > (newest?.Sequence ?? 0))
                {
                    newest = lists[i][at[i]];
                }
            }

            if (newest is null)
            {
                return (rows, streams);
            }

            rows.Add(newest);
            for (var i = 0; i < lists.Count; i++)
            {
                if (at[i] < lists[i].Count && lists[i][at[i]].Sequence == newest.Sequence)
                {
                    streams[newest.Sequence] = streams.GetValueOrDefault(newest.Sequence) | (1 << i);
                    at[i]++;
                }
            }
        }
    }
}
