using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// What happened to clients lately, the newest kept. What comes again and again is one event with a count, which moves to
/// the front: a device that tries a hundred times a second, or connects and leaves all the time, pushes nobody else's story
/// out. A refusal is counted from the second time on, the ordinary coming and going from the fourth within a minute. A flood
/// of ever-new client ids has a share of the places: its newest have a line each, all before them are one event with a count,
/// which stands in the story of each of them.
/// Thread-safe.
/// </summary>
public sealed class ClientEventLog(BrokerOptions options)
{
    private const int ToldSingly = 3;

    private static readonly TimeSpan StormPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<Entry> _events = new();
    private readonly Dictionary<Recurrence, Entry> _repeated = [];
    private readonly EventShares<Entry> _shares = new(options.Monitoring);
    private long _written;

    /// <summary>Events since the start; grows with each, so a viewer knows whether to look again.</summary>
    public long Count => Interlocked.Read(ref _written);

    /// <summary>Events that are kept now.</summary>
    public int Kept
    {
        get
        {
            lock (_gate)
            {
                return _events.Count;
            }
        }
    }

    /// <summary>The newest events that meet a condition, newest first.</summary>
    public IReadOnlyList<ClientEvent> Newest(int max, Func<ClientEvent, bool>? condition = null) =>
        NewestEntries(max, entry => condition is null || condition(entry.Event));

    /// <summary>The newest events of a client, newest first, among them the lines of crowds that seem to count one of its own.</summary>
    public IReadOnlyList<ClientEvent> Story(string clientId, int max) =>
        NewestEntries(max, entry => entry.Event.ClientId == clientId || entry.Folded?.SeemToHave(clientId) == true);

    private List<ClientEvent> NewestEntries(int max, Func<Entry, bool> condition)
    {
        var found = new List<ClientEvent>();
        lock (_gate)
        {
            for (var node = _events.Last; node is not null && found.Count < max; node = node.Previous)
            {
                if (condition(node.Value))
                {
                    found.Add(node.Value.Event);
                }
            }
        }

        return found;
    }

    internal void Add(ClientEvent clientEvent)
    {
        var recurrence = Recurrence.Of(clientEvent);
        lock (_gate)
        {
            var singly = 1;
            if (_repeated.TryGetValue(recurrence, out var before))
            {
                singly = clientEvent.Time - before.Event.Time < StormPause ? before.Singly + 1 : 1;
                if (recurrence.IsRefusal || singly > ToldSingly)
                {
                    clientEvent = clientEvent with { Times = before.Event.Times + 1, First = before.Event.First };
                    Forget(before);
                    singly = before.Singly;
                }
            }

            Append(new Entry(clientEvent, recurrence, singly));
            if (_events.Count > options.Monitoring.ClientEvents)
            {
                Forget(_events.First!.Value);
            }

            Interlocked.Increment(ref _written);
        }
    }

    private void Append(Entry entry)
    {
        entry.Place = _events.AddLast(entry);
        _repeated[entry.Recurrence] = entry;
        if (_shares.Add(entry, EventShare.Of(entry.Event)) is { } exceeded)
        {
            CountInCrowd(exceeded.Oldest, exceeded.Share);
        }
    }

    /// <summary>The line of a crowd stands where the newest of those stood that it counts.</summary>
    private void CountInCrowd(Entry oldest, EventShare share)
    {
        var recurrence = Recurrence.Of(share);
        var one = oldest.Event with { ClientId = null, Address = share.Host, IsCrowd = true };
        if (_repeated.TryGetValue(recurrence, out var crowd))
        {
            one = one with { Times = crowd.Event.Times + one.Times, First = crowd.Event.First };
            Forget(crowd);
        }

        var folded = crowd?.Folded;
        if (oldest.Event.ClientId is { } clientId)
        {
            (folded ??= new FoldedClients()).Add(clientId);
        }

        var entry = new Entry(one, recurrence, Singly: 1) { Folded = folded };
        entry.Place = _events.AddAfter(oldest.Place!, entry);
        _repeated[recurrence] = entry;
        Forget(oldest);
    }

    private void Forget(Entry entry)
    {
        _events.Remove(entry.Place!);
        _shares.Remove(entry, EventShare.Of(entry.Event));
        if (_repeated.TryGetValue(entry.Recurrence, out var newest) && newest == entry)
        {
            _repeated.Remove(entry.Recurrence);
        }
    }

    /// <param name="Singly">How many of those that are the same stand one by one.</param>
    private sealed record Entry(ClientEvent Event, Recurrence Recurrence, int Singly)
    {
        public LinkedListNode<Entry>? Place { get; set; }

        /// <summary>Of a crowd: whose lines it took the place of.</summary>
        public FoldedClients? Folded { get; init; }

        public bool Equals(Entry? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
    }

    /// <summary>What makes two events the same, whatever their figures: refused messages and subscriptions by whose they are, all else by where it came from as well.</summary>
    private readonly record struct Recurrence(ClientEventKind Kind, string? Client, string? Host, ReasonCode Reason, string Cause, bool IsCrowd = false)
    {
        public bool IsRefusal => Kind is ClientEventKind.Refused or ClientEventKind.SubscribeRefused or ClientEventKind.PublishRefused or ClientEventKind.PacketWithheld;

        public static Recurrence Of(in EventShare share) => new(share.Kind, null, share.Host, share.Reason, "", IsCrowd: true);

        public static Recurrence Of(ClientEvent one) => one.Kind switch
        {
            ClientEventKind.SubscribeRefused or ClientEventKind.PublishRefused or ClientEventKind.PacketWithheld => new Recurrence(one.Kind, one.ClientId, null, one.Reason, ""),
            _ => new Recurrence(one.Kind, one.ClientId, one.Host, one.Reason, one.Text.Shape),
        };
    }
}
