namespace Dashboard.Broker.Routing;

/// <summary>Whom one topic reaches: an immutable snapshot, valid as long as the versions it was made at are current.</summary>
internal sealed class Route(Subscription[] subscriptions, SharedGroup[] groups, int everywhereVersion, int firstLevelVersion)
{
    public Subscription[] Subscriptions { get; } = subscriptions;

    public SharedGroup[] Groups { get; } = groups;

    public int EverywhereVersion { get; } = everywhereVersion;

    public int FirstLevelVersion { get; } = firstLevelVersion;
}
