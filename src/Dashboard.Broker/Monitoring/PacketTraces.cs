namespace Dashboard.Broker.Monitoring;

/// <summary>
/// The clients whose packets are captured: while a page shows them, and for some minutes more when a person asks for it. A
/// trace that nobody wants any more is let go of. Thread-safe.
/// </summary>
public sealed class PacketTraces(MqttBroker broker)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>Clients whose packets are captured now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Bytes of the packets that are held now, of all of them.</summary>
    public long HeldBytes
    {
        get
        {
            lock (_gate)
            {
                return _entries.Values.Sum(entry => entry.Trace.HeldBytes);
            }
        }
    }

    /// <summary>Begins to capture, or joins a capture that runs; <see cref="Leave"/> ends it.</summary>
    /// <returns>Null when as many clients are captured as may be.</returns>
    public PacketTrace? Watch(string clientId)
    {
        lock (_gate)
        {
            if (Enter(clientId) is not { } entry)
            {
                return null;
            }

            entry.Viewers++;
            return entry.Trace;
        }
    }

    /// <summary>A viewer that has called <see cref="Watch"/> looks no more.</summary>
    public void Leave(PacketTrace trace)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(trace.ClientId, out var entry) && entry.Trace == trace)
            {
                entry.Viewers--;
                EndUnlessWanted(entry);
            }
        }
    }

    /// <summary>Goes on with the capture when nobody looks; <see cref="TimeSpan.Zero"/> takes that back.</summary>
    /// <returns>False when as many clients are captured as may be.</returns>
    public bool KeepFor(string clientId, TimeSpan time)
    {
        var longest = TimeSpan.FromMinutes(broker.Options.Monitoring.TraceMinutes);
        lock (_gate)
        {
            if (Enter(clientId) is not { } entry)
            {
                return false;
            }

            entry.Until = Now() + (time < longest ? time : longest);
            EndUnlessWanted(entry);
            return true;
        }
    }

    /// <summary>Until when the capture goes on without a viewer; null when it ends with the last one.</summary>
    public DateTimeOffset? KeptUntil(string clientId)
    {
        lock (_gate)
        {
            return _entries.TryGetValue(clientId, out var entry) && entry.Until > Now() ? entry.Until : null;
        }
    }

    /// <summary>The running capture of a client, without joining it.</summary>
    public PacketTrace? Find(string clientId)
    {
        lock (_gate)
        {
            return _entries.GetValueOrDefault(clientId)?.Trace;
        }
    }

    /// <summary>Ends the captures whose time is over; called once a second.</summary>
    internal void EndDue()
    {
        lock (_gate)
        {
            foreach (var entry in _entries.Values.ToArray())
            {
                EndUnlessWanted(entry);
            }
        }
    }

    private Entry? Enter(string clientId)
    {
        if (!_entries.TryGetValue(clientId, out var entry))
        {
            if (_entries.Count >= broker.Options.Monitoring.TraceClients)
            {
                return null;
            }

            entry = _entries[clientId] = new Entry(new PacketTrace(clientId, broker.Options.Monitoring, broker.Time));
            broker.Connections.Taps.Add(clientId, entry.Trace);
        }

        return entry;
    }

    private void EndUnlessWanted(Entry entry)
    {
        if (entry.Viewers == 0 && entry.Until <= Now())
        {
            _entries.Remove(entry.Trace.ClientId);
            broker.Connections.Taps.Remove(entry.Trace.ClientId);
        }
    }

    private DateTimeOffset Now() => broker.Time.GetUtcNow();

    private sealed class Entry(PacketTrace trace)
    {
        public PacketTrace Trace { get; } = trace;

        public int Viewers { get; set; }

        public DateTimeOffset Until { get; set; }
    }
}
