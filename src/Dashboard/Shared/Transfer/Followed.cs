using System.Collections.Concurrent;

namespace Dashboard.Shared.Transfer;

/// <summary>What pages follow: a file goes by a request of its own, which finds by an id in its address the page that shows how far it is. Thread-safe.</summary>
/// <typeparam name="TProgress">What the request tells and the page shows.</typeparam>
internal sealed class Followed<TProgress>
    where TProgress : class
{
    private readonly ConcurrentDictionary<Guid, TProgress> _followed = [];

    /// <returns>The id by which the request finds it.</returns>
    public Guid Follow(TProgress progress)
    {
        var id = Guid.NewGuid();
        _followed[id] = progress;
        return id;
    }

    /// <summary>The page has been left, or has seen the end.</summary>
    public void Unfollow(Guid id) => _followed.TryRemove(id, out _);

    /// <summary>Null when no page follows.</summary>
    public TProgress? Find(string? id) => Guid.TryParse(id, out var guid) ? _followed.GetValueOrDefault(guid) : null;
}
