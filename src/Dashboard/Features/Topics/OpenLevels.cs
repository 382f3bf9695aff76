namespace Dashboard.Features.Topics;

/// <summary>Which levels of the tree a person opened and closed, on any Topics page of one tab, for as long as the tab is open.</summary>
internal sealed class OpenLevels
{
    /// <summary>When there are more, all but the newest are as if nobody had touched them.</summary>
    private const int Most = 10_000;

    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>Nothing has been shown yet.</summary>
    public bool IsFirst { get; private set; } = true;

    public bool IsOpen(string path) => _open.Contains(path);

    public bool IsClosed(string path) => _closed.Contains(path);

    public void Set(string path, bool expanded)
    {
        var (from, to) = expanded ? (_closed, _open) : (_open, _closed);
        if (_open.Count + _closed.Count >= Most)
        {
            _open.Clear();
            _closed.Clear();
        }

        from.Remove(path);
        to.Add(path);
    }

    public void HaveBeenShown() => IsFirst = false;
}
