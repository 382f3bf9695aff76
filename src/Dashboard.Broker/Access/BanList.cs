using System.Collections.Concurrent;
using System.Net;

namespace Dashboard.Broker.Access;

/// <summary>
/// Who may not connect. It is asked once a connection: a client id and a user name are found by a look-up, an address by a
/// walk over the banned networks. Written down with every change, so that it survives a restart. Thread-safe.
/// </summary>
public sealed class BanList
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<(BanKind Kind, string Value), Entry> _bans = [];
    private readonly BrokerOptions _options;
    private readonly TimeProvider _time;
    private readonly BanFile? _file;
    private volatile Entry[] _networks = [];
    private long _version;

    /// <exception cref="BrokerStartException">The file of bans cannot be read.</exception>
    internal BanList(BrokerOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _file = options.Storage == StorageKind.Memory ? null : new BanFile(options.DataDirectory);
        foreach (var ban in _file?.Read() ?? [])
        {
            _bans.TryAdd((ban.Kind, ban.Value), new Entry(ban));
        }

        Changed();
    }

    /// <summary>Grows with each change and each attempt that was refused.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>The bans that hold now, the newest first.</summary>
    public IReadOnlyList<BanInfo> All
    {
        get
        {
            var now = _time.GetUtcNow();
            return [.. _bans.Values.Where(entry => !entry.Ban.IsOver(now)).Select(entry => entry.Info).OrderByDescending(info => info.Ban.Since)];
        }
    }

    /// <summary>Takes a ban back.</summary>
    /// <returns>False when it was not there any more.</returns>
    public bool Lift(BanKind kind, string value)
    {
        lock (_gate)
        {
            if (!_bans.TryRemove((kind, value), out var entry))
            {
                return false;
            }

            Changed();
            Store();
            return !entry.Ban.IsOver(_time.GetUtcNow());
        }
    }

    internal BanResult Add(Ban ban)
    {
        if (ban.Value.Length is 0 or > Ban.LongestText || ban.Reason.Length > Ban.LongestText || (ban.Kind == BanKind.Address && Ban.Network(ban.Value) is null))
        {
            return BanResult.NotValid;
        }

        lock (_gate)
        {
            RemoveOver();
            if (_bans.Count >= _options.MaxBans)
            {
                return BanResult.Full;
            }

            if (!_bans.TryAdd((ban.Kind, ban.Value), new Entry(ban)))
            {
                return BanResult.AlreadyBanned;
            }

            Changed();
            return Store() ? BanResult.Banned : BanResult.NotStored;
        }
    }

    /// <summary>The ban that keeps a client out, and counts that it did; null when there is none.</summary>
    internal Ban? Refuse(string clientId, string? userName)
    {
        if (_bans.IsEmpty)
        {
            return null;
        }

        return Refuse((BanKind.ClientId, clientId), clientId) ?? (userName is null ? null : Refuse((BanKind.UserName, userName), clientId));
    }

    /// <summary>The same for an address, before a word was said.</summary>
    internal Ban? Refuse(IPAddress address)
    {
        foreach (var entry in _networks)
        {
            if (entry.Contains(address) && !entry.Ban.IsOver(_time.GetUtcNow()))
            {
                return Count(entry, address.ToString());
            }
        }

        return null;
    }

    /// <summary>Whether a ban that holds is about this client.</summary>
    internal static bool Concerns(Ban ban, string? clientId, string? userName, IPAddress address) => ban.Kind switch
    {
        BanKind.ClientId => ban.Value == clientId,
        BanKind.UserName => ban.Value == userName,
        _ => Ban.Network(ban.Value) is { } network && network.Contains(address),
    };

    private Ban? Refuse((BanKind, string) key, string clientId) =>
        _bans.TryGetValue(key, out var entry) && !entry.Ban.IsOver(_time.GetUtcNow()) ? Count(entry, clientId) : null;

    private Ban Count(Entry entry, string who)
    {
        entry.Count(_time.GetUtcNow(), who);
        Interlocked.Increment(ref _version);
        return entry.Ban;
    }

    private void RemoveOver()
    {
        var now = _time.GetUtcNow();
        foreach (var (key, _) in _bans.Where(pair => pair.Value.Ban.IsOver(now)))
        {
            _bans.TryRemove(key, out _);
        }
    }

    private void Changed()
    {
        _networks = [.. _bans.Values.Where(entry => entry.Ban.Kind == BanKind.Address)];
        Interlocked.Increment(ref _version);
    }

    private bool Store() => _file?.TryWrite([.. _bans.Values.Select(entry => entry.Ban)]) ?? true;

    private sealed class Entry(Ban ban)
    {
        private readonly IPNetwork? _network = ban.Kind == BanKind.Address ? Ban.Network(ban.Value) : null;
        private Seen _seen = new(0, null, null);

        public Ban Ban => ban;

        public BanInfo Info
        {
            get
            {
                var seen = Volatile.Read(ref _seen);
                return new BanInfo(ban, seen.Attempts, seen.Last, seen.Who);
            }
        }

        public bool Contains(IPAddress address) => _network?.Contains(address) == true;

        public void Count(DateTimeOffset now, string who)
        {
            while (true)
            {
                var before = Volatile.Read(ref _seen);
                if (Interlocked.CompareExchange(ref _seen, new Seen(before.Attempts + 1, now, who), before) == before)
                {
                    return;
                }
            }
        }
    }

    private sealed record Seen(long Attempts, DateTimeOffset? Last, string? Who);
}
