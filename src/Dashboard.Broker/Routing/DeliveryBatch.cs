using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Routing;

/// <summary>Something that collects bytes and sends them when told to.</summary>
internal interface IFlushTarget
{
    void Flush();
}

/// <summary>Somebody for whom messages were dropped.</summary>
internal interface IDropCounter
{
    /// <param name="now">Unix milliseconds.</param>
    void CountDropped(int messages, long now);
}

/// <summary>
/// All that happens because of one read from the network, or of the reads of one round of a socket loop: the outboxes that
/// got something are flushed once, at the end. A batch belongs to who reads and is reused; it is not shared between threads.
/// </summary>
internal sealed class DeliveryBatch
{
    private readonly List<IFlushTarget> _touched = [];
    private PublishEncodings? _encodings;
    private IDropCounter? _droppedFor;
    private int _dropped;

    public PublishEncodings Encodings => _encodings ??= new PublishEncodings();

    /// <summary>Unix milliseconds when the batch began.</summary>
    public long Now { get; set; }

    /// <summary>The generation of the store that the message being handled needs to be committed; 0 when it needs none.</summary>
    public long NeededGeneration { get; private set; }

    public void Needs(long generation) => NeededGeneration = Math.Max(NeededGeneration, generation);

    public void NeedsNothing() => NeededGeneration = 0;

    public void Touch(IFlushTarget target) => _touched.Add(target);

    /// <summary>Counts a message that was dropped; those in a row for the same one are told together, since a flood of them must cost the others little.</summary>
    public void CountDropped(IDropCounter receiver)
    {
        if (!ReferenceEquals(_droppedFor, receiver))
        {
            TellDropped();
            _droppedFor = receiver;
        }

        _dropped++;
    }

    public void Flush()
    {
        TellDropped();
        foreach (var target in _touched)
        {
            target.Flush();
        }

        _touched.Clear();
    }

    private void TellDropped()
    {
        if (_droppedFor is { } receiver)
        {
            receiver.CountDropped(_dropped, Now);
            _droppedFor = null;
            _dropped = 0;
        }
    }
}
