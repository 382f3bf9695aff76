using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Packets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Dashboard.Broker.Storage;

/// <summary>
/// The store in one SQLite file (WAL, synchronous FULL). Changes gather in memory while a transaction runs on a thread of
/// the store; then all that gathered is the next transaction. So the disk sets the pace of the commits, not of the messages.
/// </summary>
internal sealed partial class SqliteStore : IBrokerStore, IDisposable
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _wake = new(0);
    private readonly ILogger<SqliteStore> _logger;
    private readonly SqliteConnection _connection;
    private readonly Thread _thread;
    private SqliteWriter? _writer;
    private PendingChanges _pending = new(1);
    private long _committed;
    private bool _isAwake;
    private volatile bool _isStopping;
    private volatile string? _failure;

    public SqliteStore(BrokerOptions options, TimeProvider time, ILogger<SqliteStore> logger)
    {
        _logger = logger;
        _connection = SqliteFile.Open(options.DataDirectory, SqliteSchema.FileName, time.GetUtcNow(), SqliteSchema.Prepare, out var movedTo);
        if (movedTo is not null)
        {
            LogDamaged(movedTo);
        }

        _thread = new Thread(CommitLoop) { Name = "Broker store", IsBackground = true };
    }

    public bool IsDurable => true;

    public string? Failure => _failure;

    public long Committed => Interlocked.Read(ref _committed);

    public StoredState Load(TopicTable topics)
    {
        var reader = new SqliteReader(_connection, topics);
        var state = reader.Read();
        _writer = new SqliteWriter(_connection, reader.LastMessage);
        _thread.Start();
        return state;
    }

    public long SetRetained(string topic, ApplicationMessage? message)
    {
        lock (_gate)
        {
            _pending.SetRetained(topic, message);
            return Changed();
        }
    }

    public long SaveSession(StoredSession session)
    {
        lock (_gate)
        {
            _pending.Sessions[session.Key] = session;
            return Changed();
        }
    }

    public long RemoveSession(long session)
    {
        lock (_gate)
        {
            _pending.Sessions[session] = null;
            return Changed();
        }
    }

    public long SaveSubscription(long session, SubscriptionRequest request, uint? id)
    {
        lock (_gate)
        {
            _pending.Subscriptions[(session, request.Filter)] = (request, id);
            return Changed();
        }
    }

    public long RemoveSubscription(long session, string filter)
    {
        lock (_gate)
        {
            _pending.Subscriptions[(session, filter)] = null;
            return Changed();
        }
    }

    public long SetReplay(long session, string filter, string? after)
    {
        lock (_gate)
        {
            _pending.Replays[(session, filter)] = after;
            return Changed();
        }
    }

    public long AddDelivery(in StoredDelivery delivery)
    {
        lock (_gate)
        {
            _pending.AddDelivery(delivery);
            return Changed();
        }
    }

    public long UpdateDelivery(long session, long sequence, DeliveryStage stage, ushort packetId)
    {
        lock (_gate)
        {
            _pending.UpdateDelivery(session, sequence, stage, packetId);
            return Changed();
        }
    }

    public long RemoveDelivery(long session, long sequence)
    {
        lock (_gate)
        {
            _pending.RemoveDelivery(session, sequence);
            return Changed();
        }
    }

    public long SetReceived(long session, ushort packetId, bool isReceived)
    {
        lock (_gate)
        {
            _pending.Received[(session, packetId)] = isReceived;
            return Changed();
        }
    }

    public void WhenCommitted(long generation, ICommitWaiter waiter)
    {
        lock (_gate)
        {
            if (Committed < generation)
            {
                // A generation that is being committed cannot be joined any more; the next one is never far.
                _pending.Waiters.Add(waiter);
                Changed();
                return;
            }
        }

        waiter.Committed(Committed);
    }

    /// <summary>Commits what is pending and closes the file.</summary>
    public void Dispose()
    {
        if (_isStopping)
        {
            return;
        }

        _isStopping = true;
        _wake.Release();
        if (_thread.IsAlive)
        {
            _thread.Join(TimeSpan.FromSeconds(4));
        }

        _writer?.Dispose();
        _connection.Dispose();
        _wake.Dispose();
    }

    private long Changed()
    {
        if (!_isAwake)
        {
            _isAwake = true;
            _wake.Release();
        }

        return _pending.Generation;
    }

    private void CommitLoop()
    {
        while (true)
        {
            _wake.Wait();
            PendingChanges changes;
            lock (_gate)
            {
                changes = _pending;
                _pending = new PendingChanges(changes.Generation + 1);
                _isAwake = false;
            }

            if (!changes.IsEmpty)
            {
                CommitUntilDone(changes);
            }

            if (_isStopping && HasNothingPending())
            {
                return;
            }
        }
    }

    /// <summary>What came while the last transaction ran must not be left out when the store is closed.</summary>
    private bool HasNothingPending()
    {
        lock (_gate)
        {
            return _pending.IsEmpty;
        }
    }

    private void CommitUntilDone(PendingChanges changes)
    {
        while (true)
        {
            try
            {
                _writer!.Commit(changes);
                break;
            }
            catch (SqliteException exception)
            {
                if (_failure is null)
                {
                    LogFailure(exception.Message);
                }

                _failure = exception.Message;
                if (_isStopping)
                {
                    return;
                }

                Thread.Sleep(RetryAfter);
            }
        }

        if (_failure is not null)
        {
            LogRecovered();
            _failure = null;
        }

        changes.Release();
        Interlocked.Exchange(ref _committed, changes.Generation);
        foreach (var waiter in changes.Waiters)
        {
            waiter.Committed(changes.Generation);
        }
    }

    [LoggerMessage(EventId = 201, Level = LogLevel.Error, Message = "The data file was damaged and has been moved to {MovedTo}. The broker starts with an empty one: sessions and retained messages of before are not there.")]
    private partial void LogDamaged(string movedTo);

    [LoggerMessage(EventId = 202, Level = LogLevel.Error, Message = "Nothing can be stored now ({Cause}). Messages at QoS 1 and 2 that would have to be stored are refused until it works again; trying every second.")]
    private partial void LogFailure(string cause);

    [LoggerMessage(EventId = 203, Level = LogLevel.Information, Message = "Storing works again.")]
    private partial void LogRecovered();
}
