namespace Dashboard.Broker.Sessions;

/// <summary>
/// QoS 1 and 2 messages that wait for a session, bounded by count and bytes. Not thread-safe: the session's lock guards it.
/// </summary>
internal sealed class SessionQueue(BrokerOptions options)
{
    private readonly Queue<OutboundMessage> _messages = [];

    public int Count => _messages.Count;

    public long Bytes { get; private set; }

    public IEnumerable<OutboundMessage> Messages => _messages;

    /// <summary>Adds a message and its reference.</summary>
    /// <param name="dropped">Messages that were lost to the limit, which may be this one.</param>
    /// <returns>False when this message is the one that was lost; then no reference is taken.</returns>
    public bool TryAdd(in OutboundMessage message, out int dropped)
    {
        dropped = 0;
        while (IsFullFor(message.Message.Size))
        {
            dropped++;
            if (options.QueueDropPolicy == QueueDropPolicy.Newest || _messages.Count == 0)
            {
                return false;
            }

            Take().Message.Release();
        }

        message.Message.AddReference();
        _messages.Enqueue(message);
        Bytes += message.Message.Size;
        return true;
    }

    /// <summary>The message that waited longest, with its reference.</summary>
    public OutboundMessage Take()
    {
        var message = _messages.Dequeue();
        Bytes -= message.Message.Size;
        return message;
    }

    public void Clear()
    {
        while (_messages.Count > 0)
        {
            Take().Message.Release();
        }
    }

    private bool IsFullFor(int size) =>
        _messages.Count >= options.MaxQueuedMessages || (Bytes + size > options.MaxQueuedBytes);
}
