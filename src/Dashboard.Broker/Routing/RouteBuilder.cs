using System.Runtime.InteropServices;

namespace Dashboard.Broker.Routing;

/// <summary>Collects what matches one topic; a subscriber that matches several times is there once.</summary>
internal sealed class RouteBuilder
{
    private readonly Dictionary<ISubscriber, Subscription> _subscriptions = [];
    private readonly List<SharedGroup> _groups = [];

    public void Add(in Subscription subscription)
    {
        ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_subscriptions, subscription.Subscriber, out var exists);
        known = exists ? known.Merge(subscription) : subscription;
    }

    public void Add(SharedGroup group) => _groups.Add(group);

    public Route Build(int everywhereVersion, int firstLevelVersion)
    {
        var route = new Route([.. _subscriptions.Values], [.. _groups], everywhereVersion, firstLevelVersion);
        _subscriptions.Clear();
        _groups.Clear();
        return route;
    }
}
