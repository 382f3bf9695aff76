using Dashboard.Broker;

namespace Dashboard.Shared.Deletions;

/// <summary>What a deletion would take and what it would leave, before it is made.</summary>
internal sealed class DeletionPreview
{
    private readonly List<string> _free = [];
    private readonly List<string> _protected = [];

    /// <param name="found">What was asked to be deleted.</param>
    public DeletionPreview(RetainedIndex found, MqttBroker broker, ProtectedTopics protection, RecentDeletions deletions)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var topic in found.Topics)
        {
            var by = protection.Of(topic);
            (by is null ? _free : _protected).Add(topic);
            if (by is not null)
            {
                names.Add(by.Name);
            }
        }

        ProtectedBy = [.. names];
        Bytes = Math.Max(0, found.Bytes - broker.SizeOfRetained(_protected));
        IsForGood = Bytes > deletions.MaxBytes;
        GivenUp = IsForGood ? 0 : deletions.GivenUpFor(Bytes);
    }

    /// <summary>The topics whose messages go.</summary>
    public IReadOnlyList<string> Free => _free;

    /// <summary>Of the messages that go.</summary>
    public long Bytes { get; }

    /// <summary>How many stay.</summary>
    public int Protected => _protected.Count;

    /// <summary>The names of what protects those.</summary>
    public IReadOnlyList<string> ProtectedBy { get; }

    /// <summary>How many deletions before could no longer be undone.</summary>
    public int GivenUp { get; }

    /// <summary>Too much goes to be held to be put back.</summary>
    public bool IsForGood { get; }
}
