using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// Which places of the event log events of one kind have: at most a quarter of them for what comes from one address, a third
/// for all addresses together. The lock of <see cref="ClientEventLog"/> guards it.
/// </summary>
internal sealed class EventShares<T>(MonitoringOptions options)
    where T : class
{
    private readonly Dictionary<EventShare, LinkedList<T>> _taken = [];
    private readonly Dictionary<T, (LinkedListNode<T> OfHost, LinkedListNode<T> OfAll)> _places = new(ReferenceEqualityComparer.Instance);

    private int OfHost => Math.Max(10, options.ClientEvents / 4);

    private int OfAll => Math.Max(20, options.ClientEvents / 3);

    /// <summary>Gives an event its place.</summary>
    /// <returns>The share that has become too large, and the oldest in it; null when there is none.</returns>
    public (EventShare Share, T Oldest)? Add(T one, in EventShare share)
    {
        var all = share with { Host = "" };
        var (ofHost, ofAll) = (Of(share), Of(all));
        _places[one] = (ofHost.AddLast(one), ofAll.AddLast(one));
        return ofHost.Count > OfHost ? (share, ofHost.First!.Value)
            : ofAll.Count > OfAll ? (all with { Host = null }, ofAll.First!.Value)
            : null;
    }

    /// <summary>What has no place, such as the line of a crowd, is left alone.</summary>
    public void Remove(T one, in EventShare share)
    {
        if (_places.Remove(one, out var places))
        {
            Remove(share, places.OfHost);
            Remove(share with { Host = "" }, places.OfAll);
        }
    }

    private LinkedList<T> Of(in EventShare share) => _taken.TryGetValue(share, out var taken) ? taken : _taken[share] = [];

    private void Remove(in EventShare share, LinkedListNode<T> place)
    {
        var taken = _taken[share];
        taken.Remove(place);
        if (taken.Count == 0)
        {
            _taken.Remove(share);
        }
    }
}

/// <summary>Events of one kind and reason, from one address.</summary>
/// <param name="Host">Null: none, or of all.</param>
internal readonly record struct EventShare(ClientEventKind Kind, string? Host, ReasonCode Reason)
{
    public static EventShare Of(ClientEvent one) => new(one.Kind, one.Host, one.Reason);
}
