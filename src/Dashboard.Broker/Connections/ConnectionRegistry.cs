using System.Collections.Concurrent;
using System.Net;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>All open connections. Counting happens on the connections themselves and is summed up when somebody asks.</summary>
internal sealed class ConnectionRegistry
{
    private readonly ConcurrentDictionary<ClientConnection, byte> _open = [];
    private readonly ConnectionsPerAddress _addresses = new();
    private readonly Lock _gate = new();
    private readonly Departures _departures = new();
    private Traffic _closed;
    private long _opened;
    private long _refused;
    private long _protocolErrors;
    private volatile bool _isStopping;

    public ConnectionRegistry() => Taps = new PacketTaps(this);

    /// <summary>Whose packets are looked at.</summary>
    public PacketTaps Taps { get; }

    public int Count => _open.Count;

    /// <summary>Connections since the start.</summary>
    public long Opened => Interlocked.Read(ref _opened);

    /// <summary>Connections that were refused before they became a client.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Connections that were closed because of a packet that breaks the standard.</summary>
    public long ProtocolErrors => Interlocked.Read(ref _protocolErrors);

    /// <summary>Open connections of one address.</summary>
    public int CountOf(IPAddress address) => _addresses.Count(address);

    public IEnumerable<ClientConnection> Open => _open.Select(pair => pair.Key);

    /// <summary>Everything that went over all connections, closed ones too.</summary>
    public Traffic Total
    {
        get
        {
            lock (_gate)
            {
                return _open.Aggregate(_closed, (sum, pair) => sum + pair.Key.Traffic);
            }
        }
    }

    /// <summary>The open connections, and by client id all that went over those that have closed since this was asked last.</summary>
    public (IReadOnlyList<ClientConnection> Open, Dictionary<string, Traffic> Departed) TakeDepartures()
    {
        lock (_gate)
        {
            return ([.. Open], _departures.Take());
        }
    }

    public void Add(ClientConnection connection)
    {
        _open[connection] = 0;
        _addresses.Add(connection.Address);
        Interlocked.Increment(ref _opened);
        if (_isStopping)
        {
            connection.Close(ReasonCode.ServerShuttingDown, new EventText(EventCode.CauseShutdown));
        }
    }

    public void Remove(ClientConnection connection)
    {
        lock (_gate)
        {
            if (_open.TryRemove(connection, out _))
            {
                var traffic = connection.Traffic;
                _closed += traffic;
                if (connection.ClientId is { } clientId)
                {
                    _departures.Add(clientId, traffic);
                }

                _addresses.Remove(connection.Address);
            }
        }
    }

    public void CountRefused() => Interlocked.Increment(ref _refused);

    public void CountProtocolError() => Interlocked.Increment(ref _protocolErrors);

    /// <summary>Closes those that were silent for too long; called once a second.</summary>
    public void CloseSilent(long now)
    {
        foreach (var connection in Open)
        {
            connection.CloseIfSilent(now);
        }
    }

    /// <summary>Says goodbye to all, and to whoever still comes.</summary>
    public void CloseAll()
    {
        _isStopping = true;
        foreach (var connection in Open)
        {
            connection.Close(ReasonCode.ServerShuttingDown, new EventText(EventCode.CauseShutdown));
        }
    }
}
