using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;

namespace Dashboard.Broker;

/// <summary>
/// Retained messages that were deleted in one go. They are held, not copied, so that they can be put back exactly as they
/// were: publisher, time, properties and what is left of their expiry.
/// </summary>
public sealed class DeletedRetained
{
    private readonly RetainedMessages _store;
    private List<ApplicationMessage>? _held;

    private DeletedRetained(RetainedMessages store, int count, int missed, List<ApplicationMessage> held)
    {
        _store = store;
        _held = held;
        Count = count;
        Left = held.Count;
        Missed = missed;
        HeldBytes = held.Sum(message => (long)message.Size);
    }

    /// <summary>How many were deleted.</summary>
    public int Count { get; }

    /// <summary>How many of them can be put back now.</summary>
    public int Left { get; private set; }

    /// <summary>How many of those asked for were gone already, or had been replaced by a message that nobody had seen and that stays.</summary>
    public int Missed { get; }

    /// <summary>Bytes of the topics, properties and payloads that are held to be put back.</summary>
    public long HeldBytes { get; private set; }

    /// <summary>False when they were too large to be held, or all have been put back.</summary>
    public bool CanRestore => Volatile.Read(ref _held) is { Count: > 0 };

    /// <param name="notAfter">Messages that came later (Unix milliseconds) stay.</param>
    /// <param name="progress">Told now and then how many topics are done.</param>
    internal static DeletedRetained TakeOut(RetainedMessages store, IEnumerable<string> topics, long undoBytes, long notAfter, Action<int>? progress)
    {
        const int TellEvery = 500;

        var held = new List<ApplicationMessage>();
        var bytes = 0L;
        var (done, count) = (0, 0);
        foreach (var topic in topics)
        {
            if (++done % TellEvery == 0)
            {
                progress?.Invoke(done);
            }

            if (store.TakeOut(topic, notAfter) is not { } message)
            {
                continue;
            }

            count++;
            bytes += message.Size;
            held.Add(message);
            if (bytes > undoBytes)
            {
                held.ForEach(one => one.Release());
                held.Clear();
            }
        }

        return new DeletedRetained(store, count, done - count, held);
    }

    /// <summary>Puts the messages back into the store, once; subscribers are not told. Those for which it is full are held on.</summary>
    public RestoredRetained Restore()
    {
        var outcomes = new int[Enum.GetValues<PutBack>().Length];
        var left = new List<ApplicationMessage>();
        foreach (var message in Interlocked.Exchange(ref _held, null) ?? [])
        {
            var outcome = _store.PutBack(message);
            outcomes[(int)outcome]++;
            if (outcome == PutBack.NoRoom)
            {
                left.Add(message);
            }
            else
            {
                message.Release();
            }
        }

        Left = left.Count;
        HeldBytes = left.Sum(message => (long)message.Size);
        Volatile.Write(ref _held, left);

        return new RestoredRetained(outcomes[(int)PutBack.Stored], outcomes[(int)PutBack.Newer], outcomes[(int)PutBack.Expired], outcomes[(int)PutBack.NoRoom]);
    }
}

/// <summary>What became of deleted messages that were to be put back.</summary>
/// <param name="Stored">Messages that are in the store again.</param>
/// <param name="Newer">Messages left out because their topic has a newer one.</param>
/// <param name="Expired">Messages left out because their time is over.</param>
/// <param name="NoRoom">Messages left out because the store is full.</param>
public sealed record RestoredRetained(int Stored, int Newer, int Expired, int NoRoom);
