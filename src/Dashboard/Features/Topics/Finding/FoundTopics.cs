namespace Dashboard.Features.Topics.Finding;

/// <summary>What a search finds, and how much of it lies below each level. Immutable.</summary>
internal sealed class FoundTopics
{
    /// <summary>A search that nobody waits for any more ends after this many topics.</summary>
    private const int CancelEvery = 1024;

    private readonly List<int> _found;
    private readonly bool[] _isMatch;
    private readonly int[] _count;
    private readonly int[] _position;
    private readonly int[] _siblings;

    private FoundTopics(TopicIndex index, TopicSearch search, List<int> found, int looked)
    {
        (Index, Search, Looked, _found) = (index, search, looked, found);
        _isMatch = new bool[index.Count];
        _count = new int[index.Count];
        _position = new int[index.Count];
        _siblings = new int[index.Count];
        foreach (var topic in found)
        {
            _isMatch[index.NodeOf(topic)] = true;
            _count[index.NodeOf(topic)] = 1;
        }

        for (var node = index.Count - 1; node > 0; node--)
        {
            _count[index.Parent(node)] += _count[node];
        }

        for (var node = 1; node < index.Count; node++)
        {
            _position[node] = _count[node] > 0 ? ++_siblings[index.Parent(node)] : 0;
        }
    }

    public TopicIndex Index { get; }

    public TopicSearch Search { get; }

    public int Count => _found.Count;

    /// <summary>Names, levels or payloads that it had to look at one by one.</summary>
    public int Looked { get; }

    /// <param name="before">The search before this one: what it did not find needs no look when this one asks for more.</param>
    public static FoundTopics Of(TopicIndex index, TopicSearch search, FoundTopics? before, CancellationToken cancel)
    {
        var found = new List<int>();
        if (before is not null && ReferenceEquals(before.Index, index) && search.Narrows(before.Search))
        {
            Among(before._found, index, search, found, cancel);
            return new FoundTopics(index, search, found, before.Count);
        }

        if (search.Text is { } text)
        {
            InNames(text, index, found, cancel);
            return new FoundTopics(index, search, found, found.Count);
        }

        if (search.Filter is { } filter)
        {
            var walk = new FilterWalk(index, filter, cancel);
            return new FoundTopics(index, search, walk.Found, walk.Looked);
        }

        for (var topic = 0; topic < index.Topics; topic++)
        {
            StopIfOvertaken(topic, cancel);
            if (search.Matches(index.Node(index.NodeOf(topic))))
            {
                found.Add(topic);
            }
        }

        return new FoundTopics(index, search, found, index.Topics);
    }

    public bool IsMatch(int node) => _isMatch[node];

    /// <summary>Topics that are found at a node and below.</summary>
    public int CountOf(int node) => _count[node];

    /// <summary>1 for the first of those siblings that have a row.</summary>
    public int PositionOf(int node) => _position[node];

    public int SiblingsOf(int node) => _siblings[Index.Parent(node)];

    private static void Among(List<int> before, TopicIndex index, TopicSearch search, List<int> found, CancellationToken cancel)
    {
        for (var i = 0; i < before.Count; i++)
        {
            StopIfOvertaken(i, cancel);
            if (index.Name(before[i]).Contains(search.Text, StringComparison.OrdinalIgnoreCase))
            {
                found.Add(before[i]);
            }
        }
    }

    /// <summary>Runs through all names as through one text; only a topic that is found costs a step of its own.</summary>
    private static void InNames(string text, TopicIndex index, List<int> found, CancellationToken cancel)
    {
        for (var (at, topic) = (0, 0); index.Names[at..].IndexOf(text, StringComparison.OrdinalIgnoreCase) is >= 0 and var next;)
        {
            StopIfOvertaken(found.Count, cancel);
            topic = index.TopicAt(at + next, topic);
            found.Add(topic);
            at = index.StartAfter(topic);
        }
    }

    private static void StopIfOvertaken(int step, CancellationToken cancel)
    {
        if (step % CancelEvery == 0)
        {
            cancel.ThrowIfCancellationRequested();
        }
    }
}
