using Dashboard.Broker.Messages;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>A store that commits when a test says so, and fails when it says so. It keeps nothing.</summary>
internal sealed class SteppedStore : IBrokerStore
{
    private readonly Lock _gate = new();
    private readonly List<(long Generation, ICommitWaiter Waiter)> _waiters = [];
    private long _pending = 1;
    private long _committed;

    public bool IsDurable => true;

    /// <summary>Set, it is what the store says of itself.</summary>
    public string? Failure { get; set; }

    /// <summary>Whether changes wait for <see cref="Commit"/>; else they are committed at once.</summary>
    public bool IsHeld { get; set; }

    /// <summary>Called whenever a retained message is set or removed.</summary>
    public Action<string, ApplicationMessage?>? RetainedSet { get; set; }

    public long Committed => Interlocked.Read(ref _committed);

    /// <summary>Changes since the last commit.</summary>
    public int Changes { get; private set; }

    public void Commit()
    {
        List<ICommitWaiter> done;
        long generation;
        lock (_gate)
        {
            generation = _pending++;
            Changes = 0;
            Interlocked.Exchange(ref _committed, generation);
            done = [.. _waiters.Where(waiting => waiting.Generation <= generation).Select(waiting => waiting.Waiter)];
            _waiters.RemoveAll(waiting => waiting.Generation <= generation);
        }

        done.ForEach(waiter => waiter.Committed(generation));
    }

    public StoredState Load(TopicTable topics) => StoredState.Empty;

    public long SetRetained(string topic, ApplicationMessage? message)
    {
        RetainedSet?.Invoke(topic, message);
        return Changed();
    }

    public long SaveSession(StoredSession session) => Changed();

    public long RemoveSession(long session) => Changed();

    public long SaveSubscription(long session, SubscriptionRequest request, uint? id) => Changed();

    public long RemoveSubscription(long session, string filter) => Changed();

    public long SetReplay(long session, string filter, string? after) => Changed();

    public long AddDelivery(in StoredDelivery delivery) => Changed();

    public long UpdateDelivery(long session, long sequence, DeliveryStage stage, ushort packetId) => Changed();

    public long RemoveDelivery(long session, long sequence) => Changed();

    public long SetReceived(long session, ushort packetId, bool isReceived) => Changed();

    public void WhenCommitted(long generation, ICommitWaiter waiter)
    {
        lock (_gate)
        {
            if (Committed < generation)
            {
                _waiters.Add((generation, waiter));
                return;
            }
        }

        waiter.Committed(Committed);
    }

    private long Changed()
    {
        lock (_gate)
        {
            if (IsHeld)
            {
                Changes++;
                return _pending;
            }

            return Committed;
        }
    }
}
