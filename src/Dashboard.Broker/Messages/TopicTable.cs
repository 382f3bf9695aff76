using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Broker.Messages;

/// <summary>
/// All topics in use, found by their UTF-8 bytes without a lock and without making a string. It holds at most
/// <see cref="BrokerOptions.MaxTopics"/>; a topic that finds no place still works, only slower and unobserved.
/// </summary>
internal sealed class TopicTable
{
    private readonly ConcurrentDictionary<byte[], Topic> _topics = new(Utf8Comparer.Instance);
    private readonly ConcurrentDictionary<byte[], Topic>.AlternateLookup<ReadOnlySpan<byte>> _byBytes;
    private readonly int _capacity;
    private int _count;
    private long _untracked;

    public TopicTable(int capacity)
    {
        _capacity = capacity;
        _byBytes = _topics.GetAlternateLookup<ReadOnlySpan<byte>>();
    }

    public int Count => Volatile.Read(ref _count);

    /// <summary>Messages whose topic found no place in the table.</summary>
    public long Untracked => Volatile.Read(ref _untracked);

    public IEnumerable<Topic> All => _topics.Select(pair => pair.Value);

    public Topic Get(ReadOnlySpan<byte> utf8) => _byBytes.TryGetValue(utf8, out var topic) ? topic : Add(utf8);

    public bool TryGet(ReadOnlySpan<byte> utf8, [MaybeNullWhen(false)] out Topic topic) => _byBytes.TryGetValue(utf8, out topic);

    private Topic Add(ReadOnlySpan<byte> utf8)
    {
        var key = utf8.ToArray();
        if (Volatile.Read(ref _count) >= _capacity)
        {
            Interlocked.Increment(ref _untracked);
            return new Topic(key);
        }

        var topic = new Topic(key) { IsTracked = true };
        var kept = _topics.GetOrAdd(key, topic);
        if (ReferenceEquals(kept, topic))
        {
            Interlocked.Increment(ref _count);
        }

        return kept;
    }

    /// <summary>When the table is nearly full, lets the longest unused tenth go and returns those topics.</summary>
    public IReadOnlyList<Topic> Sweep()
    {
        if (Count < _capacity - (_capacity / 10))
        {
            return [];
        }

        var leaving = _topics.Values.OrderBy(topic => topic.LastUsed).Take(_capacity / 5).ToList();
        foreach (var topic in leaving)
        {
            topic.IsTracked = false;
            if (_byBytes.TryRemove(topic.Utf8, out _))
            {
                Interlocked.Decrement(ref _count);
            }
        }

        return leaving;
    }

    /// <summary>Equality of topic names as bytes; the hash is seeded per process, so names cannot be chosen to collide.</summary>
    private sealed class Utf8Comparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static readonly Utf8Comparer Instance = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
