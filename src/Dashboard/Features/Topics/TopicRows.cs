using System.Runtime.InteropServices;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics;

/// <summary>
/// The tree of topics as the flat list of its visible rows. The list is made anew only when topics came or went, when a
/// level was opened or closed, or when the search changed; values are not in it. Used by one renderer, not thread-safe.
/// </summary>
internal sealed class TopicRows(TopicMonitor topics, TimeProvider time, MutedTopics? muted = null)
{
    // A small tree is open by itself, and so is the beginning of a large one when it is seen first.
    private const int ShortList = 60;
    private const int FewChildren = 20;

    /// <summary>Making the list takes at most this part of the time while topics keep coming.</summary>
    private const int RestFactor = 10;

    /// <summary>An order by values is taken anew this often, while the rows may move.</summary>
    private static readonly TimeSpan OrderPace = TimeSpan.FromSeconds(10);

    private readonly MutedTopics _muted = muted ?? new MutedTopics();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closedInSearch = new(StringComparer.Ordinal);

    /// <summary>The rows of the siblings that were found so far, for each level on the way down: a stack.</summary>
    private readonly List<int> _siblings = [];

    private TopicOrder _order = new(TopicSort.Name, topics.Root, muted ?? new MutedTopics(), time.GetUtcNow());
    private long _version = -1;
    private long _notBefore;
    private long _searched;
    private long _orderedAt;
    private int _mutes;
    private bool _stale = true;
    private bool _isFirst = true;
    private List<TopicRow> _rows = [];

    /// <summary>Another list each time it is made.</summary>
    public List<TopicRow> Rows => _rows;

    public TopicSearch Search { get; private set; } = new("");

    /// <summary>Topics that the search finds, or all of them.</summary>
    public int Found { get; private set; }

    /// <summary>The order of the rows, as it was last taken.</summary>
    public TopicOrder Order => _order;

    public void SortBy(TopicSort sort)
    {
        _order = new TopicOrder(sort, topics.Root, _muted, time.GetUtcNow());
        _orderedAt = time.GetTimestamp();
        _stale = true;
    }

    public void Find(string? text, bool inPayloads = false)
    {
        Search = new TopicSearch(text, inPayloads);
        _closedInSearch.Clear();
        _stale = true;
    }

    public void SetExpanded(TopicNode node, bool expanded)
    {
        if (Search.IsEmpty)
        {
            Move(node.Path, expanded ? _closed : _open, expanded ? _open : _closed);
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

        static void Move(string path, HashSet<string> from, HashSet<string> to)
        {
            from.Remove(path);
            to.Add(path);
        }
    }

    /// <summary>Opens all levels above a topic, so that it has a row.</summary>
    public void Reveal(string path)
    {
        for (var node = topics.Find(path)?.Parent; node?.Parent is not null; node = node.Parent)
        {
            SetExpanded(node, expanded: true);
        }
    }

    public int IndexOf(string? path) => path is null ? -1 : _rows.FindIndex(row => row.Node.Path == path);

    /// <summary>Makes the list anew when it has to be; true when it did.</summary>
    /// <param name="hold">Rows must not move now: only what the person did counts.</param>
    public bool Refresh(bool hold)
    {
        var version = topics.StructureVersion;
        var isDue = !hold && time.GetTimestamp() >= _notBefore;
        var start = time.GetTimestamp();
        if (_mutes != _muted.Version || (isDue && _order.Sort != TopicSort.Name && time.GetElapsedTime(_orderedAt) >= OrderPace))
        {
            _mutes = _muted.Version;
            SortBy(_order.Sort);
        }

        var contentIsDue = Search.InPayloads && topics.LastSequence != _searched;
        if (!_stale && !(isDue && (version != _version || contentIsDue)))
        {
            return false;
        }

        _version = version;
        _searched = topics.LastSequence;
        _stale = false;
        _rows = new List<TopicRow>(Math.Max(16, _rows.Count));
        if (Search.IsEmpty)
        {
            Add(topics.Root, level: 1);
            Found = topics.Root.Topics;
        }
        else
        {
            Found = AddFound(topics.Root, level: 1);
        }

        _isFirst = false;
        _notBefore = time.GetTimestamp() + (RestFactor * (time.GetTimestamp() - start));
        return true;
    }

    private void Add(TopicNode parent, int level)
    {
        var children = InOrder(parent);
        for (var i = 0; i < children.Count; i++)
        {
            var child = children[i];
            var below = Below(child);
            var expanded = below > 0 && IsExpanded(child);
            _rows.Add(new TopicRow(child, level, i + 1, children.Count, below > 0 ? expanded : null, IsMatch: false, below));
            if (expanded)
            {
                Add(child, level + 1);
            }
        }
    }

    /// <summary>Adds what the search finds with the levels above it, and returns how much that is.</summary>
    private int AddFound(TopicNode parent, int level)
    {
        var found = 0;
        var first = _siblings.Count;
        foreach (var child in InOrder(parent))
        {
            var index = _rows.Count;
            _rows.Add(default); // its row is known only after those below it
            var isMatch = child.IsTopic && Search.Matches(child);
            var below = Below(child) == 0 ? 0 : AddFound(child, level + 1);
            if (!isMatch && below == 0)
            {
                _rows.RemoveAt(index);
                continue;
            }

            var expanded = below > 0 && !_closedInSearch.Contains(child.Path);
            if (!expanded)
            {
                _rows.RemoveRange(index + 1, _rows.Count - index - 1);
            }

            _rows[index] = new TopicRow(child, level, _siblings.Count - first + 1, 0, below > 0 ? expanded : null, isMatch, below);
            _siblings.Add(index);
            found += below + (isMatch ? 1 : 0);
        }

        var siblings = CollectionsMarshal.AsSpan(_siblings)[first..];
        foreach (var index in siblings)
        {
            _rows[index] = _rows[index] with { Siblings = siblings.Length };
        }

        _siblings.RemoveRange(first, siblings.Length);
        return found;
    }

    private bool IsExpanded(TopicNode node)
    {
        if (_open.Contains(node.Path))
        {
            return true;
        }

        if ((!_isFirst && topics.Root.Topics > ShortList) || _rows.Count >= ShortList || _closed.Contains(node.Path)
            || node.Children.Count > FewChildren || IsSystem(node))
        {
            return false;
        }

        return _open.Add(node.Path);
    }

    private static int Below(TopicNode node) => node.Topics - (node.IsTopic ? 1 : 0);

    /// <summary>The broker's own topics come last.</summary>
    private IReadOnlyList<TopicNode> InOrder(TopicNode parent)
    {
        var children = _order.Children(parent);
        return parent.Parent is null && children.Any(IsSystem)
            ? [.. children.Where(child => !IsSystem(child)), .. children.Where(IsSystem)]
            : children;
    }

    private static bool IsSystem(TopicNode node) => node.Path.StartsWith('$');
}
