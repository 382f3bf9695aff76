namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>What topics carried since the last look. All of them are walked, so it is done seldom and for all viewers together.</summary>
internal sealed class BusiestTopics(MqttBroker broker)
{
    private const int Shown = 8;

    /// <summary>The counters that every topic has, less what they were at the last look.</summary>
    public (IReadOnlyList<Busy> ByMessages, IReadOnlyList<Busy> ByBytes) Take()
    {
        var byMessages = new TopOf(Shown, one => one.Messages);
        var byBytes = new TopOf(Shown, one => one.Bytes);
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
