namespace Dashboard.Features.Topics.Finding;

/// <summary>
/// Finds what a topic filter matches by going down the tree with it: a level that it names leads to one branch, and what lies
/// below # is taken without a look.
/// </summary>
internal sealed class FilterWalk
{
    /// <summary>A search that nobody waits for any more ends after this many levels.</summary>
    private const int CancelEvery = 1024;

    private const int Root = 0;

    private readonly TopicIndex _index;
    private readonly string[] _levels;
    private readonly CancellationToken _cancel;
    private readonly List<int> _found = [];

    /// <param name="filter">A valid one.</param>
    public FilterWalk(TopicIndex index, string filter, CancellationToken cancel)
    {
        (_index, _levels, _cancel) = (index, filter.Split('/'), cancel);
        cancel.ThrowIfCancellationRequested();
        Below(Root, level: 0);
    }

    /// <summary>The numbers of the topics, ascending.</summary>
    public List<int> Found => _found;

    /// <summary>Levels of the tree that were looked at.</summary>
    public int Looked { get; private set; }

    private void Below(int node, int level)
    {
        var asked = _levels[level];
        var isOne = asked is not ("+" or "#");
        for (var child = node + 1; child < _index.EndOf(node); child = _index.EndOf(child))
        {
            if (++Looked % CancelEvery == 0)
            {
                _cancel.ThrowIfCancellationRequested();
            }

            if (isOne ? _index.Node(child).Level != asked : level == 0 && _index.Node(child).Level.StartsWith('$')) // [MQTT-4.7.2-1]
            {
                continue;
            }

            Enter(child, level);
            if (isOne)
            {
                break;
            }
        }
    }

    /// <summary>The filter fits down to this node.</summary>
    private void Enter(int node, int level)
    {
        var (first, end) = _index.TopicsOf(node);
        if (_levels[level] == "#" || (level + 2 == _levels.Length && _levels[level + 1] == "#")) // "sport/#" also matches "sport" (section 4.7.1.2)
        {
            for (var topic = first; topic < end; topic++)
            {
                _found.Add(topic);
            }
        }
        else if (level + 1 < _levels.Length)
        {
            Below(node, level + 1);
        }
        else if (first < end && _index.NodeOf(first) == node)
        {
            _found.Add(first);
        }
    }
}
