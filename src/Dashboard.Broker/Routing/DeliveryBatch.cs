using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Routing;

/// <summary>Something that collects bytes and sends them when told to.</summary>
internal interface IFlushTarget
{
    void Flush();
}

/// <summary>
/// All that happens because of one read from the network, or of the reads of one round of a socket loop: the outboxes that
/// got something are flushed once, at the end. A batch belongs to who reads and is reused; it is not shared between threads.
/// </summary>
internal sealed class DeliveryBatch
{
    private readonly List<IFlushTarget> _touched = [];
    private PublishEncodings? _encodings;

    public PublishEncodings Encodings => _encodings ??= new PublishEncodings();

    /// <summary>Unix milliseconds when the batch began.</summary>
    public long Now { get; set; }

    /// <summary>The generation of the store that the message being handled needs to be committed; 0 when it needs none.</summary>
    public long NeededGeneration { get; private set; }

    public void Needs(long generation) => NeededGeneration = Math.Max(NeededGeneration, generation);

    public void NeedsNothing() => NeededGeneration = 0;

    public void Touch(IFlushTarget target) => _touched.Add(target);

    public void Flush()
    {
        foreach (var target in _touched)
        {
            target.Flush();
        }

        _touched.Clear();
    }
}
