using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// What happened to clients lately, the newest kept. What comes again and again is one event with a count, which moves to
/// the front: a device that tries a hundred times a second, or connects and leaves all the time, pushes nobody else's story
/// out. A refusal is counted from the second time on, the ordinary coming and going from the fourth within a minute. A flood
/// of ever-new client ids has a share of the places; beyond it all of them are one event with a count. Thread-safe.
/// </summary>
public sealed class ClientEventLog(BrokerOptions options)
{
    private const int ToldSingly = 3;

    private static readonly TimeSpan StormPause = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly LinkedList<ClientEvent> _events = new();
    private readonly Dictionary<Recurrence, Repeated> _repeated = [];
    private readonly EventShares _shares = new(options.Monitoring);
    private long _written;

    /// <summary>Events since the start; grows with each, so a viewer knows whether to look again.</summary>
    public long Count => Interlocked.Read(ref _written);

    /// <summary>The newest events that meet a condition, newest first.</summary>
    public IReadOnlyList<ClientEvent> Newest(int max, Func<ClientEvent, bool>? condition = null)
    {
        var found = new List<ClientEvent>();
        lock (_gate)
        {
            for (var node = _events.Last; node is not null && found.Count < max; node = node.Previous)
            {
                if (condition is null || condition(node.Value))
                {
                    found.Add(node.Value);
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
            var isKnown = _repeated.TryGetValue(recurrence, out var before);
            if (isKnown)
            {
                singly = clientEvent.Time - before.Newest.Value.Time < StormPause ? before.Singly + 1 : 1;
            }

            if (isKnown && (recurrence.IsRefusal || singly > ToldSingly))
            {
                CountAgain(clientEvent, recurrence, before);
            }
            else if (_shares.Exceeded(clientEvent) is { } share)
            {
                CountInCrowd(clientEvent, share);
            }
            else
            {
                Append(clientEvent, recurrence, singly);
            }

            Interlocked.Increment(ref _written);
        }
    }

    private void CountInCrowd(ClientEvent clientEvent, EventShare share)
    {
        var recurrence = Recurrence.Of(share);
        clientEvent = clientEvent with { ClientId = null, Address = share.Host, IsCrowd = true };
        if (_repeated.TryGetValue(recurrence, out var before))
        {
            CountAgain(clientEvent, recurrence, before);
        }
        else
        {
            Append(clientEvent, recurrence, singly: 1);
        }
    }

    private void CountAgain(ClientEvent clientEvent, in Recurrence recurrence, in Repeated before)
    {
        var newest = before.Newest.Value;
        _events.Remove(before.Newest);
        Append(clientEvent with { Times = newest.Times + 1, First = newest.First }, recurrence, before.Singly);
    }

    private void Append(ClientEvent clientEvent, in Recurrence recurrence, int singly)
    {
        _repeated[recurrence] = new Repeated(_events.AddLast(clientEvent), singly);
        if (_events.Count > options.Monitoring.ClientEvents)
        {
            Forget(_events.First!);
        }
    }

    private void Forget(LinkedListNode<ClientEvent> oldest)
    {
        _events.Remove(oldest);
        var recurrence = oldest.Value.IsCrowd ? Recurrence.Of(EventShare.Of(oldest.Value)) : Recurrence.Of(oldest.Value);
        if (_repeated.TryGetValue(recurrence, out var newest) && newest.Newest == oldest)
        {
            _repeated.Remove(recurrence);
        }
    }

    /// <summary>The newest of those that are the same, and how many of them stand one by one.</summary>
    private readonly record struct Repeated(LinkedListNode<ClientEvent> Newest, int Singly);

    /// <summary>What makes two events the same, whatever their figures: refused connections by where they came from, all else by whose it is as well.</summary>
    private readonly record struct Recurrence(ClientEventKind Kind, string? Client, string? Host, ReasonCode Reason, string Cause, bool IsCrowd = false)
    {
        public bool IsRefusal => Kind is ClientEventKind.Refused or ClientEventKind.SubscribeRefused or ClientEventKind.PublishRefused or ClientEventKind.PacketWithheld;

        public static Recurrence Of(in EventShare share) => new(share.Kind, null, share.Host, share.Reason, "", IsCrowd: true);

        public static Recurrence Of(ClientEvent one) => one.Kind switch
        {
            ClientEventKind.Refused => new Recurrence(one.Kind, null, one.Host, one.Reason, one.Text.Shape),
            ClientEventKind.SubscribeRefused or ClientEventKind.PublishRefused or ClientEventKind.PacketWithheld => new Recurrence(one.Kind, one.ClientId, null, one.Reason, ""),
            _ => new Recurrence(one.Kind, one.ClientId, one.Host, one.Reason, one.Text.Shape),
        };
    }
}
