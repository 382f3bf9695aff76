using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Clients;

/// <summary>The packets that a person looks at, newest first. Held, it stays as it is and counts what came meanwhile.</summary>
internal sealed class PacketLadder(PacketTraces traces) : IDisposable
{
    private PacketFilter _filter = PacketFilter.All;
    private IReadOnlyList<TracedPacket> _held = [];
    private bool _pullNow;

    /// <summary>Null while nothing is captured.</summary>
    public PacketTrace? Trace { get; private set; }

    /// <summary>True when as many clients are captured as may be.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The sequence of the last packet before the rows.</summary>
    public long ClearedAt { get; private set; }

    /// <summary>The sequence of the last packet that the rows know of.</summary>
    public long ShownUntil { get; private set; }

    public IReadOnlyList<TracedPacket> Rows { get; private set; } = [];

    /// <summary>Packets of all kinds that came since the rows were held.</summary>
    public long Waiting => Trace is null ? 0 : Trace.Count - ShownUntil;

    public PacketFilter Filter
    {
        get => _filter;
        set
        {
            _filter = value;
            Show(); // of the rows that are there: they may be held
        }
    }

    /// <summary>Begins to capture a client's packets, and leaves the one before.</summary>
    public void Watch(string clientId)
    {
        if (Trace?.ClientId == clientId)
        {
            return;
        }

        Dispose();
        Trace = traces.Watch(clientId);
        IsRefused = Trace is null;
        (_held, Rows) = ([], []);
        ClearedAt = 0;
        _pullNow = true;
    }

    /// <returns>True when something that is shown has changed.</returns>
    public bool Refresh(bool hold)
    {
        if (Trace is null || (Trace.Count == ShownUntil && !_pullNow))
        {
            return false;
        }

        if (!hold || _pullNow)
        {
            ShownUntil = Trace.Count;
            _pullNow = false;
            _held = [.. Trace.Packets.Where(packet => packet.Sequence > ClearedAt).Reverse()];
            Show();
        }

        return true;
    }

    /// <summary>Shows only what comes from now on; others who look at the same client keep theirs.</summary>
    public void Clear()
    {
        ClearedAt = Trace?.Count ?? 0;
        _pullNow = true;
    }

    private void Show() => Rows = [.. _held.Where(Filter.Matches)];

    public void Dispose()
    {
        if (Trace is not null)
        {
            traces.Leave(Trace);
            Trace = null;
        }
    }
}
