using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>Topics that a person does not want to be disturbed by, each with all below it.</summary>
public sealed class MutedTopics
{
    /// <summary>As many as can be shown as chips.</summary>
    public const int Most = 100;

    private readonly List<string> _topics = [];

    public IReadOnlyList<string> Topics => _topics;

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    public void Set(IEnumerable<string> topics)
    {
        _topics.Clear();
        _topics.AddRange(topics.Distinct().Take(Most));
        Version++;
    }

    public void Mute(string topic)
    {
        if (!_topics.Contains(topic) && _topics.Count < Most)
        {
            _topics.Add(topic);
            Version++;
        }
    }

    public void Unmute(string topic)
    {
        _topics.Remove(topic);
        Version++;
    }

    /// <summary>It is muted, or a level above it is.</summary>
    public bool Has(TopicNode node)
    {
        for (var at = node; _topics.Count > 0 && at.Parent is not null; at = at.Parent)
        {
            if (_topics.Contains(at.Path))
            {
                return true;
            }
        }

        return false;
    }
}
