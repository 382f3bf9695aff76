namespace Dashboard.Features.Topics;

/// <summary>Which levels of the tree a person opened and closed, on any Topics page of one tab, for as long as the tab is open.</summary>
internal sealed class OpenLevels
{
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly HashSet<string> _closed = new(StringComparer.Ordinal);

    /// <summary>Nothing has been shown yet.</summary>
    public bool IsFirst { get; private set; } = true;

    public bool IsOpen(string path) => _open.Contains(path);

    public bool IsClosed(string path) => _closed.Contains(path);

    public void Set(string path, bool expanded)
    {
        var (from, to) = expanded ? (_closed, _open) : (_open, _closed);
        from.Remove(path);
        to.Add(path);
    }

    public void HaveBeenShown() => IsFirst = false;
}
