using System.Text;

namespace Dashboard.Broker.Messages;

/// <summary>
/// A topic name that the broker has seen, made once. What is looked up for every message hangs on it, so that the way
/// of a message is one dictionary hit.
/// </summary>
internal sealed class Topic
{
    private readonly byte[] _utf8;

    public Topic(byte[] utf8)
    {
        _utf8 = utf8;
        Name = Encoding.UTF8.GetString(utf8);
        FirstLevelHash = HashFirstLevel(Name);
        Levels = Name.AsSpan().Count('/') + 1;
    }

    public string Name { get; }

    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>Names that start with $ are the server's and are not matched by a leading wildcard [MQTT-4.7.2-1].</summary>
    public bool IsSystem => _utf8[0] == (byte)'$';

    /// <summary>Whether only the broker itself publishes on a topic; clients may on others that begin with <c>$</c>.</summary>
    public static bool IsBrokersOwn(ReadOnlySpan<byte> topic) => topic.StartsWith("$SYS/"u8) || topic.SequenceEqual("$SYS"u8);

    /// <inheritdoc cref="IsBrokersOwn(ReadOnlySpan{byte})"/>
    public static bool IsBrokersOwn(string topic) => topic.StartsWith("$SYS/", StringComparison.Ordinal) || topic == "$SYS";

    public int Levels { get; }

    /// <summary>Which group of subscription changes concerns this topic.</summary>
    public int FirstLevelHash { get; }

    /// <summary>True when it has a place in the <see cref="TopicTable"/>, so that something may be kept on it.</summary>
    public bool IsTracked { get; set; }

    /// <summary>Where the subscription index keeps the subscribers that it found last; null when it has to look.</summary>
    public volatile object? CachedRoute;

    /// <summary>Where the observer keeps what it knows of this topic.</summary>
    public volatile object? Observed;

    /// <summary>Unix milliseconds of the last message, written without a lock: it decides only who leaves first.</summary>
    public long LastUsed;

    public static int HashFirstLevel(ReadOnlySpan<char> name)
    {
        var slash = name.IndexOf('/');
        return string.GetHashCode(slash < 0 ? name : name[..slash]);
    }

    public override string ToString() => Name;
}
