namespace Dashboard.Broker.Monitoring;

/// <summary>What happened to clients lately, a bounded ring. Thread-safe.</summary>
public sealed class ClientEventLog(BrokerOptions options)
{
    private readonly Lock _gate = new();
    private readonly ClientEvent[] _ring = new ClientEvent[options.Monitoring.ClientEvents];
    private long _written;

    /// <summary>Events since the start; grows with each, so a viewer knows whether to look again.</summary>
    public long Count => Interlocked.Read(ref _written);

    /// <summary>The newest events that meet a condition, newest first.</summary>
    public IReadOnlyList<ClientEvent> Newest(int max, Func<ClientEvent, bool>? condition = null)
    {
        var found = new List<ClientEvent>();
        lock (_gate)
        {
            var held = Math.Min(_written, _ring.Length);
            for (var i = 1; i <= held && found.Count < max; i++)
            {
                var clientEvent = _ring[(_written - i) % _ring.Length];
                if (condition is null || condition(clientEvent))
                {
                    found.Add(clientEvent);
                }
            }
        }

        return found;
    }

    internal void Add(ClientEvent clientEvent)
    {
        lock (_gate)
        {
            _ring[_written % _ring.Length] = clientEvent;
            Interlocked.Increment(ref _written);
        }
    }
}
