using System.Collections;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Topics.Finding;

/// <summary>The rows of what a search finds and of the levels above. A row is made when somebody asks for it: of a hundred thousand only those in sight are.</summary>
internal sealed class FoundRows : IReadOnlyList<TopicRow>
{
    private readonly FoundTopics _found;
    private readonly IReadOnlySet<string> _closed;
    private readonly List<int> _shown;

    /// <param name="closed">The paths of levels that were closed.</param>
    public FoundRows(FoundTopics found, IReadOnlySet<string> closed)
    {
        (_found, _closed) = (found, closed);
        var index = found.Index;
        _shown = new List<int>(Math.Min(index.Count, found.Count + 16));
        for (var node = 1; node < index.Count;)
        {
            var isShown = found.CountOf(node) > 0;
            if (isShown)
            {
                _shown.Add(node);
            }

            node = isShown && !IsClosed(index.Node(node)) ? node + 1 : index.EndOf(node);
        }
    }

    public int Count => _shown.Count;

    public TopicRow this[int row]
    {
        get
        {
            var number = _shown[row];
            var node = _found.Index.Node(number);
            var isMatch = _found.IsMatch(number);
            var below = _found.CountOf(number) - (isMatch ? 1 : 0);
            return new TopicRow(node, _found.Index.Level(number), _found.PositionOf(number), _found.SiblingsOf(number), below > 0 ? !IsClosed(node) : null, isMatch, below);
        }
    }

    public IEnumerator<TopicRow> GetEnumerator()
    {
        for (var row = 0; row < Count; row++)
        {
            yield return this[row];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private bool IsClosed(TopicNode node) => _closed.Count > 0 && _closed.Contains(node.Path);
}
