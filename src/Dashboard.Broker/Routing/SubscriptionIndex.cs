using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Routing;

/// <summary>
/// Which subscribers a topic reaches. Subscriptions live in a tree by topic level; what the tree says of a topic is kept
/// on the topic as a <see cref="Route"/>, so a publish to a known topic reads one field.
/// <para>
/// A change makes only those routes stale that it can concern: a filter without wildcards that of its topic, a filter
/// whose first level is a name those of topics with that first level (256 versions, by hash), any other filter all.
/// A stale route is rebuilt by the next publish, under the same lock as changes, so that an older tree never overwrites a newer one.
/// </para>
/// </summary>
internal sealed class SubscriptionIndex(TopicTable topics)
{
    private const int FirstLevels = 256;

    private readonly Lock _gate = new();
    private readonly SubscriptionNode _root = new();
    private readonly RouteBuilder _builder = new();
    private readonly int[] _firstLevelVersions = new int[FirstLevels];
    private int _everywhereVersion;
    private int _count;

    /// <summary>Subscriptions of all subscribers.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a subscription, or replaces the one of this subscriber with the same filter [MQTT-3.8.4-3] [MQTT-3.8.4-3, 3.1.1].</summary>
    public void Add(string filter, Subscription subscription)
    {
        var group = SplitShared(filter, out var pattern);
        lock (_gate)
        {
            var node = _root;
            foreach (var range in pattern.AsSpan().Split('/'))
            {
                var level = pattern.AsSpan(range);
                if (level is "#")
                {
                    break;
                }

                node = node.AddChild(level);
            }

            var place = pattern[^1] == '#' ? node.Hash : node.Exact;
            _count += place.Set(group, pattern, subscription with { Filters = filter }) ? 1 : 0;
            Invalidate(pattern);
        }
    }

    public void Remove(string filter, ISubscriber subscriber)
    {
        var group = SplitShared(filter, out var pattern);
        lock (_gate)
        {
            if (Remove(_root, pattern, group, subscriber))
            {
                _count--;
            }

            Invalidate(pattern);
        }
    }

    /// <summary>The group of a shared subscription, <c>$share/name/filter</c>; null when it has no members.</summary>
    public SharedGroup? GroupOf(string share)
    {
        var name = SplitShared(share, out var pattern);
        lock (_gate)
        {
            var node = _root;
            foreach (var range in pattern.AsSpan().Split('/'))
            {
                var level = pattern.AsSpan(range);
                if (level is "#")
                {
                    return node.Hash.Group(name!);
                }

                if (node.Child(level) is not { } child)
                {
                    return null;
                }

                node = child;
            }

            return node.Exact.Group(name!);
        }
    }

    /// <summary>The current route of a topic; takes the lock only when the kept one is stale.</summary>
    public Route RouteOf(Topic topic) => topic.CachedRoute is Route route && IsCurrent(route, topic) ? route : Rebuild(topic);

    private bool IsCurrent(Route route, Topic topic) =>
        route.EverywhereVersion == Volatile.Read(ref _everywhereVersion)
        && route.FirstLevelVersion == Volatile.Read(ref _firstLevelVersions[topic.FirstLevelHash & (FirstLevels - 1)]);

    private Route Rebuild(Topic topic)
    {
        lock (_gate)
        {
            Collect(_root, topic.Name, isFirst: true, topic.IsSystem);
            var route = _builder.Build(_everywhereVersion, _firstLevelVersions[topic.FirstLevelHash & (FirstLevels - 1)]);
            topic.CachedRoute = route;
            return route;
        }
    }

    /// <summary>Finds what matches and nothing else [MQTT-3.3.2-3]: at each level the name, + and # [MQTT-3.8.3-2, 3.1.1].</summary>
    private void Collect(SubscriptionNode node, ReadOnlySpan<char> rest, bool isFirst, bool isSystem)
    {
        var wildcards = !(isFirst && isSystem); // [MQTT-4.7.2-1]
        if (wildcards)
        {
            node.Hash.CollectInto(_builder);
        }

        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        Step(node.Children is null ? null : node.Child(level), rest, slash);
        if (wildcards)
        {
            Step(node.Plus, rest, slash);
        }
    }

    private void Step(SubscriptionNode? child, ReadOnlySpan<char> rest, int slash)
    {
        if (child is null)
        {
            return;
        }

        if (slash >= 0)
        {
            Collect(child, rest[(slash + 1)..], isFirst: false, isSystem: false);
            return;
        }

        child.Exact.CollectInto(_builder);
        child.Hash.CollectInto(_builder); // "sport/#" matches "sport" (section 4.7.1.2)
    }

    private void Invalidate(string pattern)
    {
        if (!TopicFilter.HasWildcard(pattern))
        {
            if (topics.TryGet(Encoding.UTF8.GetBytes(pattern), out var topic))
            {
                topic.CachedRoute = null;
            }
        }
        else if (pattern[0] is '+' or '#')
        {
            Volatile.Write(ref _everywhereVersion, _everywhereVersion + 1);
        }
        else
        {
            _firstLevelVersions[Topic.HashFirstLevel(pattern) & (FirstLevels - 1)]++;
        }
    }

    /// <summary>Removes a subscription and, on the way back, the levels that it leaves empty.</summary>
    private static bool Remove(SubscriptionNode node, ReadOnlySpan<char> rest, string? group, ISubscriber subscriber)
    {
        if (rest is "#")
        {
            return node.Hash.Remove(group, subscriber);
        }

        var slash = rest.IndexOf('/');
        var level = slash < 0 ? rest : rest[..slash];
        if (node.Child(level) is not { } child)
        {
            return false;
        }

        var removed = slash < 0
            ? child.Exact.Remove(group, subscriber)
            : Remove(child, rest[(slash + 1)..], group, subscriber);
        if (child.IsEmpty)
        {
            node.RemoveChild(level);
        }

        return removed;
    }

    private static string? SplitShared(string filter, out string pattern)
    {
        if (TopicFilter.TryParseShared(filter, out var group, out pattern))
        {
            return group;
        }

        pattern = filter;
        return null;
    }
}
