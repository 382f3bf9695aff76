using Dashboard.Broker.Monitoring;
using Dashboard.Features.Topics.Finding;
using Dashboard.Shared.Mutes;

namespace Dashboard.Features.Topics;

/// <summary>
/// The tree of topics as the list of its visible rows. It is made anew only when topics came or went, when a level was
/// opened or closed, or when the search changed; values are not in it. What takes long with many topics is done away from
/// the caller, and the rows stay as they are until <see cref="Ready"/>. Used by one renderer, not thread-safe.
/// </summary>
internal sealed class TopicRows(TopicMonitor topics, TimeProvider time, MutedTopics? muted = null, TopicIndexes? indexes = null, OpenLevels? levels = null) : IDisposable
{
    /// <summary>The work for so few topics is done at once.</summary>
    private const int FewTopics = 5_000;

    /// <summary>Making the list takes at most this part of the time while topics keep coming.</summary>
    private const int RestFactor = 10;

    /// <summary>An order by values is taken anew this often, while the rows may move.</summary>
    private static readonly TimeSpan OrderPace = TimeSpan.FromSeconds(10);

    private readonly MutedTopics _muted = muted ?? new MutedTopics();
    private readonly TopicIndexes _indexes = indexes ?? new TopicIndexes(topics);
    private readonly OpenRows _open = new(topics, levels ?? new OpenLevels());
    private readonly HashSet<string> _closedInSearch = new(StringComparer.Ordinal);
    private FoundTopics? _found;
    private RowsWork? _work;
    private TopicSort _sort;
    private long _version = -1;
    private long _notBefore;
    private long _searched;
    private long _orderedAt;
    private int _mutes;
    private bool _stale = true;
    private bool _isAsked;
    private bool _takesOrder;

    /// <summary>Work is done: <see cref="Refresh"/> has something to take over. Told on another thread.</summary>
    public event Action? Ready;

    /// <summary>Another list each time it is made.</summary>
    public IReadOnlyList<TopicRow> Rows { get; private set; } = [];

    /// <summary>What the person looks for; the rows may still be those of the search before.</summary>
    public TopicSearch Search { get; private set; } = new("");

    /// <summary>What the rows were found by.</summary>
    public TopicSearch Shown { get; private set; } = new("");

    /// <summary>Topics that the search finds, or all of them.</summary>
    public int Found { get; private set; }

    /// <summary>How many names or payloads the last search looked at one by one.</summary>
    public int Looked => _found?.Looked ?? 0;

    /// <summary>The order of the rows, as it was last taken.</summary>
    public TopicOrder Order { get; private set; } = TopicOrder.ByName;

    /// <summary>What a person asked for is not there yet.</summary>
    public bool IsWorking => _work is { Wish.IsAsked: true };

    /// <summary>Ends when the work that has begun is done or was overtaken.</summary>
    public Task Working => _work?.Result ?? Task.CompletedTask;

    public void SortBy(TopicSort sort) => (_sort, _takesOrder, _isAsked) = (sort, true, true);

    public void Find(string? text, bool inPayloads = false)
    {
        Search = new TopicSearch(text, inPayloads);
        _closedInSearch.Clear();
        _isAsked = true;
    }

    public void SetExpanded(TopicNode node, bool expanded)
    {
        if (Shown.IsEmpty)
        {
            _open.SetExpanded(node.Path, expanded);
        }
        else if (expanded)
        {
            _closedInSearch.Remove(node.Path);
        }
        else
        {
            _closedInSearch.Add(node.Path);
        }

        _stale = true;
    }

    /// <summary>Opens all levels above a topic, so that it has a row.</summary>
    public void Reveal(string path)
    {
        _open.Reveal(path);
        for (var end = path.LastIndexOf('/'); end >= 0; end = end == 0 ? -1 : path.LastIndexOf('/', end - 1))
        {
            _closedInSearch.Remove(path[..end]);
        }

        _stale = true;
    }

    public int IndexOf(string? path)
    {
        for (var row = 0; path is not null && row < Rows.Count; row++)
        {
            if (Rows[row].Node.Path == path)
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>Makes the list anew when it has to be and what it needs is there; true when it did.</summary>
    /// <param name="hold">Rows must not move now: only what the person did counts.</param>
    public bool Refresh(bool hold)
    {
        var isDue = !hold && time.GetTimestamp() >= _notBefore;
        if (_mutes != _muted.Version)
        {
            (_mutes, _takesOrder, _isAsked) = (_muted.Version, true, true);
        }

        _takesOrder |= isDue && _sort != TopicSort.Name && time.GetElapsedTime(_orderedAt) >= OrderPace;
        if (_isAsked)
        {
            Begin(isAsked: true);
        }
        else if (_work is null && isDue && (_takesOrder || HasNews))
        {
            Begin(isAsked: false);
        }

        Take(hold);
        return Make(isDue);
    }

    public void Dispose() => _work?.Dispose();

    private bool HasNews => _found is not null && (topics.StructureVersion != _version || (Search.InPayloads && topics.LastSequence != _searched));

    private void Begin(bool isAsked)
    {
        _work?.Dispose();
        var order = _takesOrder && _sort != TopicSort.Name ? null : _sort == TopicSort.Name ? TopicOrder.ByName : Order;
        var wish = new RowsWish(Search, _sort, isAsked, order, _found);
        _work = new RowsWork(wish, Fulfil, isSmall: topics.Root.Topics <= FewTopics || (order is not null && Search.IsEmpty));
        _isAsked = false;
        _ = _work.Result.IsCompleted ? Task.CompletedTask : _work.Result.ContinueWith(_ => Ready?.Invoke(), CancellationToken.None, TaskContinuationOptions.NotOnCanceled, TaskScheduler.Default);
    }

    /// <summary>On any thread.</summary>
    private RowsResult Fulfil(RowsWish wish, CancellationToken cancel)
    {
        var (start, version, sequence) = (time.GetTimestamp(), topics.StructureVersion, topics.LastSequence);
        var order = wish.Order ?? TopicOrder.Of(wish.Sort, topics.Root, _muted, time.GetUtcNow(), cancel);
        FoundTopics? found = null;
        if (!wish.Search.IsEmpty)
        {
            var index = order.Sort == TopicSort.Name ? _indexes.ByName()
                : wish.Before is { } before && ReferenceEquals(before.Index.Order, order) && before.Index.Version == version ? before.Index
                : TopicIndex.Of(topics, order);
            found = FoundTopics.Of(index, wish.Search, wish.Before, cancel);
        }

        return new RowsResult(order, found, version, sequence, time.GetTimestamp() - start);
    }

    /// <summary>Takes over what was worked out.</summary>
    private void Take(bool hold)
    {
        if (_work is not { Result.IsCompleted: true } work || (hold && !work.Wish.IsAsked))
        {
            return;
        }

        var result = work.Result.GetAwaiter().GetResult();
        if (work.Wish.Order is null)
        {
            (_takesOrder, _orderedAt) = (false, time.GetTimestamp());
        }

        (Order, _found, Shown, _version, _searched) = (result.Order, result.Found, work.Wish.Search, result.Version, result.Sequence);
        _takesOrder &= _sort != TopicSort.Name;
        _notBefore = time.GetTimestamp() + (RestFactor * result.Took);
        _stale = true;
        work.Dispose();
        _work = null;
    }

    private bool Make(bool isDue)
    {
        var version = topics.StructureVersion;
        if (!_stale && !(isDue && _found is null && version != _version))
        {
            return false;
        }

        _stale = false;
        if (_found is not null)
        {
            Rows = new FoundRows(_found, _closedInSearch);
            Found = _found.Count;
            return true;
        }

        var start = time.GetTimestamp();
        _version = version;
        Rows = _open.Make(Order, Rows.Count);
        Found = topics.Root.Topics;
        _notBefore = Math.Max(_notBefore, time.GetTimestamp() + (RestFactor * (time.GetTimestamp() - start)));
        return true;
    }
}
