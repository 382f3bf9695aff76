using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// How many places of the event log one kind of event may take: a tenth of them for what comes from one address, a quarter
/// from all addresses together. A share that was used up comes back evenly within an hour, so that however long a flood lasts
/// it leaves the rest of the log to the others. The lock of <see cref="ClientEventLog"/> guards it.
/// </summary>
internal sealed class EventShares(MonitoringOptions options)
{
    private static readonly TimeSpan ComesBackIn = TimeSpan.FromHours(1);

    private readonly Dictionary<EventShare, Left> _left = [];

    private int OfHost => Math.Max(10, options.ClientEvents / 10);

    private int OfAll => Math.Max(20, options.ClientEvents / 4);

    /// <summary>The share that has no place left for an event, else null, and the event has taken its place.</summary>
    public EventShare? Exceeded(ClientEvent one)
    {
        var ofHost = EventShare.Of(one);
        var ofAll = ofHost with { Host = null };
        if (ofHost.Host is not null && Places(ofHost, OfHost, one.Time) < 1)
        {
            return ofHost;
        }

        if (Places(ofAll, OfAll, one.Time) < 1)
        {
            return ofAll;
        }

        Take(ofAll, one.Time);
        if (ofHost.Host is not null)
        {
            Take(ofHost, one.Time);
        }

        return null;
    }

    private double Places(in EventShare share, int size, DateTimeOffset now)
    {
        if (!_left.TryGetValue(share, out var left))
        {
            MakeRoom(now);
            _left[share] = new Left(size, now);
            return size;
        }

        var places = Math.Min(size, left.Places + (Math.Max(0, (now - left.Since) / ComesBackIn) * size));
        _left[share] = new Left(places, now);
        return places;
    }

    private void Take(in EventShare share, DateTimeOffset now) => _left[share] = new Left(_left[share].Places - 1, now);

    /// <summary>Addresses that were quiet for so long are forgotten; when there are too many others, all are: the shares of all addresses still hold.</summary>
    private void MakeRoom(DateTimeOffset now)
    {
        if (_left.Count < options.ClientEvents + 100)
        {
            return;
        }

        var hosts = _left.Where(entry => entry.Key.Host is not null).ToList();
        var quiet = hosts.Where(entry => now - entry.Value.Since > ComesBackIn).ToList();
        foreach (var entry in quiet.Count > 0 ? quiet : hosts)
        {
            _left.Remove(entry.Key);
        }
    }

    private readonly record struct Left(double Places, DateTimeOffset Since);
}

/// <summary>Events of one kind and reason, from one address or (null) from all.</summary>
internal readonly record struct EventShare(ClientEventKind Kind, string? Host, ReasonCode Reason)
{
    public static EventShare Of(ClientEvent one) => new(one.Kind, one.Host, one.Reason);
}
