namespace Dashboard.Broker.Monitoring;

/// <summary>How many messages were dropped for a session since the start, by reason. Counting takes no lock and allocates nothing. Thread-safe.</summary>
internal sealed class DropCounts
{
    private readonly long[] _counts = new long[Enum.GetValues<DropReason>().Length];

    public void Add(DropReason reason, int messages) => Interlocked.Add(ref _counts[(int)reason], messages);

    public Dropped Read() => new(Read(DropReason.SlowClient), Read(DropReason.QueueFull), Read(DropReason.Expired));

    private long Read(DropReason reason) => Interlocked.Read(ref _counts[(int)reason]);
}
