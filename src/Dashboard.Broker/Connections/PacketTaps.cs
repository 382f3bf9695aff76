using System.Collections.Concurrent;

namespace Dashboard.Broker.Connections;

/// <summary>Which clients' packets are looked at. With nobody looking, a connection reads one field and that is all.</summary>
internal sealed class PacketTaps(ConnectionRegistry connections)
{
    private readonly ConcurrentDictionary<string, IPacketTap> _taps = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Whether a connection that is about to say who it is could be one of them.</summary>
    public bool Any => Volatile.Read(ref _count) > 0;

    public IPacketTap? Of(string clientId) => Any ? _taps.GetValueOrDefault(clientId) : null;

    /// <summary>Looks at a client's packets from now on, on the connection it has and on those to come.</summary>
    public void Add(string clientId, IPacketTap tap)
    {
        if (_taps.TryAdd(clientId, tap))
        {
            Interlocked.Increment(ref _count);
        }

        Set(clientId, tap);
    }

    public void Remove(string clientId)
    {
        if (_taps.TryRemove(clientId, out _))
        {
            Interlocked.Decrement(ref _count);
        }

        Set(clientId, null);
    }

    private void Set(string clientId, IPacketTap? tap)
    {
        // A connection says its name first and then looks here: either it finds the tap, or it is found.
        Interlocked.MemoryBarrier();
        foreach (var connection in connections.Open.Where(connection => connection.ClientId == clientId))
        {
            connection.Tap = tap;
        }
    }
}
