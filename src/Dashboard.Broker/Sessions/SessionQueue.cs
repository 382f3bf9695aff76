namespace Dashboard.Broker.Sessions;

/// <summary>
/// QoS 1 and 2 messages that wait for a session, bounded by count and bytes. Not thread-safe: the session's lock guards it.
/// </summary>
internal sealed class SessionQueue(BrokerOptions options)
{
    /// <summary>Null until something waits: most sessions never have any.</summary>
    private Queue<OutboundMessage>? _messages;

    public int Count => _messages?.Count ?? 0;

    public long Bytes { get; private set; }

    public IEnumerable<OutboundMessage> Messages => _messages ?? Enumerable.Empty<OutboundMessage>();

    /// <summary>Adds a message and its reference.</summary>
    public void Add(in OutboundMessage message)
    {
        message.Message.AddReference();
        (_messages ??= []).Enqueue(message);
        Bytes += message.Message.Size;
    }

    /// <summary>Whether one more message of a size is above the limits.</summary>
    public bool IsFullFor(int size) =>
        Count >= options.MaxQueuedMessages || Bytes + size > options.MaxQueuedBytes;

    /// <summary>The message that waited longest; it stays.</summary>
    public OutboundMessage Oldest => _messages!.Peek();

    /// <summary>The message that waited longest, with its reference.</summary>
    public OutboundMessage Take()
    {
        var message = _messages!.Dequeue();
        Bytes -= message.Message.Size;
        return message;
    }

    public void Clear()
    {
        while (Count > 0)
        {
            Take().Message.Release();
        }
    }
}
