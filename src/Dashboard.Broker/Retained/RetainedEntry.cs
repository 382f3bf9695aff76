using Dashboard.Broker.Messages;

namespace Dashboard.Broker.Retained;

/// <summary>The place of one topic in the retained store; its message is replaced in place, so an update costs no look-up structure.</summary>
internal sealed class RetainedEntry(string topic, ApplicationMessage message)
{
    private readonly Lock _gate = new();
    private ApplicationMessage? _message = message;

    public string Topic { get; } = topic;

    /// <summary>Bytes of the message that is there now.</summary>
    public int Size
    {
        get
        {
            lock (_gate)
            {
                return _message?.Size ?? 0;
            }
        }
    }

    /// <summary>The message with a reference for the caller, who releases it; null when it has just been removed.</summary>
    public ApplicationMessage? Take()
    {
        lock (_gate)
        {
            _message?.AddReference();
            return _message;
        }
    }

    public bool HasExpired(long now)
    {
        lock (_gate)
        {
            return _message?.HasExpired(now) == true;
        }
    }

    /// <summary>Puts another message, or none, in the place and returns how many bytes the store grew by.</summary>
    public int Replace(ApplicationMessage? next)
    {
        lock (_gate)
        {
            var growth = (next?.Size ?? 0) - (_message?.Size ?? 0);
            _message?.Release();
            _message = next;
            return growth;
        }
    }
}
