namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>What topics carried since the last look. All of them are walked, so it is done seldom and for all viewers together.</summary>
internal sealed class BusiestTopics(MqttBroker broker)
{
    /// <summary>More than a page shows, as a person may have muted some.</summary>
    private const int Kept = 40;

    /// <summary>The counters that every topic has, less what they were at the last look.</summary>
    public (IReadOnlyList<Busy> ByMessages, IReadOnlyList<Busy> ByBytes) Take()
    {
        var byMessages = new TopOf(Kept, one => one.Messages);
        var byBytes = new TopOf(Kept, one => one.Bytes);
        foreach (var topic in broker.Topics.All)
        {
            if (topic.IsSystem || topic.Observed is not TopicWatch watch)
            {
                continue;
            }

            var (messages, bytes) = watch.SinceLastRanking();
            if (byMessages.Wants(messages) || byBytes.Wants(bytes))
            {
                var busy = new Busy(topic.Name, messages, bytes);
                byMessages.Add(busy);
                byBytes.Add(busy);
            }
        }

        return (byMessages.Descending, byBytes.Descending);
    }
}
