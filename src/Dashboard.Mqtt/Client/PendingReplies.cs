namespace Dashboard.Mqtt.Client;

/// <summary>The packet identifiers in use and the callers who wait for their answers (section 2.2.1).</summary>
internal sealed class PendingReplies
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ushort, TaskCompletionSource<object>> _waiting = [];
    private ushort _last;
    private IOException? _closed;

    /// <summary>Takes an identifier that is not in use.</summary>
    public ushort Add(out Task<object> reply)
    {
        var source = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        reply = source.Task;
        lock (_gate)
        {
            if (_closed is not null)
            {
                throw _closed;
            }

            if (_waiting.Count == ushort.MaxValue)
            {
                throw new InvalidOperationException("all 65,535 packet identifiers are in use");
            }

            do
            {
                _last++;
            }
            while (_last == 0 || !_waiting.TryAdd(_last, source));

            return _last;
        }
    }

    public void Complete(ushort packetId, object reply)
    {
        TaskCompletionSource<object>? source;
        lock (_gate)
        {
            _waiting.Remove(packetId, out source);
        }

        source?.SetResult(reply);
    }

    /// <summary>For a packet that could not be sent.</summary>
    public void Forget(ushort packetId)
    {
        TaskCompletionSource<object>? source;
        lock (_gate)
        {
            _waiting.Remove(packetId, out source);
        }

        source?.SetCanceled();
    }

    public void Close()
    {
        TaskCompletionSource<object>[] left;
        lock (_gate)
        {
            _closed = new IOException("the connection closed before the answer came");
            left = [.. _waiting.Values];
            _waiting.Clear();
        }

        foreach (var source in left)
        {
            source.SetException(_closed);
        }
    }
}
