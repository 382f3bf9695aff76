namespace Dashboard.Shared.Mutes;

/// <summary>
/// Topics that a person does not want to be disturbed by, each with all below it, on every page of one browser.
/// <see cref="MutedList"/> keeps them there. May be asked on any thread.
/// </summary>
public sealed class MutedTopics
{
    /// <summary>As many as can be shown as chips.</summary>
    public const int Most = 100;

    private volatile Snapshot _muted = new([]);

    /// <summary>Told after every change.</summary>
    public event Action? Changed;

    public IReadOnlyList<string> Topics => _muted.Topics;

    /// <summary>Grows with every change.</summary>
    public int Version { get; private set; }

    public void Set(IEnumerable<string> topics)
    {
        var muted = new Snapshot([.. topics.Distinct().Take(Most)]);
        if (!muted.Topics.SequenceEqual(_muted.Topics))
        {
            Change(muted);
        }
    }

    /// <summary>No more can be muted; <see cref="Mute"/> changes nothing.</summary>
    public bool IsFull => Topics.Count >= Most;

    public void Mute(string topic) => Set(Topics.Append(topic));

    public void Unmute(string topic) => Set(Topics.Where(muted => muted != topic));

    /// <summary>This very topic or level is in the list.</summary>
    public bool IsListed(string topic) => _muted.Set.Contains(topic);

    /// <summary>It is muted, or a level above it is.</summary>
    public bool Has(string topic)
    {
        var muted = _muted.Set;
        if (muted.Count == 0)
        {
            return false;
        }

        var levels = muted.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var end = topic.IndexOf('/', StringComparison.Ordinal); end >= 0; end = topic.IndexOf('/', end + 1))
        {
            if (levels.Contains(topic.AsSpan(0, end)))
            {
                return true;
            }
        }

        return muted.Contains(topic);
    }

    private void Change(Snapshot muted)
    {
        _muted = muted;
        Version++;
        Changed?.Invoke();
    }

    private sealed record Snapshot(IReadOnlyList<string> Topics)
    {
        public HashSet<string> Set { get; } = new(Topics, StringComparer.Ordinal);
    }
}
