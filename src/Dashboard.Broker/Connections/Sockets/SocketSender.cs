using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>
/// Sends from whichever thread asks. When the system's buffer is full the rest is left to the loop, which goes on as soon as
/// there is room. A send is in one hand at a time: the asker's until it is left to the loop, then the loop's.
/// </summary>
internal sealed class SocketSender(Socket socket, SocketLoop loop) : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private OutboxChunk? _chunk;
    private int _sent;
    private int _isLeftToLoop;
    private volatile bool _isClosed;

    public ValueTask SendAsync(OutboxChunk chunks, SocketTransport transport)
    {
        _chunk = chunks;
        _sent = 0;
        if (TrySendRest())
        {
            return ValueTask.CompletedTask;
        }

        _source.Reset();
        var pending = new ValueTask(this, _source.Version);
        Volatile.Write(ref _isLeftToLoop, 1);
        loop.Post(transport, SocketCommand.SendOn); // there may have been room again before the mark was set
        return pending;
    }

    /// <summary>Goes on with what was left to the loop. On the loop's thread.</summary>
    public void GoOn()
    {
        if (Interlocked.Exchange(ref _isLeftToLoop, 0) == 0)
        {
            return;
        }

        try
        {
            if (TrySendRest())
            {
                _source.SetResult(true);
            }
            else
            {
                Volatile.Write(ref _isLeftToLoop, 1);
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            _source.SetException(exception);
        }
    }

    /// <summary>The socket is closed: what was left to the loop fails. On the loop's thread.</summary>
    public void Fail()
    {
        _isClosed = true;
        if (Interlocked.Exchange(ref _isLeftToLoop, 0) == 1)
        {
            _source.SetException(new IOException("The connection was closed."));
        }
    }

    public void GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);

    /// <returns>False when the system takes no more for now.</returns>
    private bool TrySendRest()
    {
        while (_chunk is { } chunk)
        {
            if (_isClosed)
            {
                throw new IOException("The connection was closed.");
            }

            var sent = chunk.Next is null ? SendOne(chunk) : GatheredSend.Send(socket.SafeHandle, chunk, _sent);
            if (sent < 0)
            {
                return false;
            }

            Advance(sent);
        }

        return true;
    }

    /// <returns>Bytes that were taken; -1 when the system takes nothing for now.</returns>
    private int SendOne(OutboxChunk chunk)
    {
        var sent = socket.Send(chunk.Written.Span[_sent..], SocketFlags.None, out var error);
        return error switch
        {
            SocketError.Success => sent,
            SocketError.WouldBlock => -1,
            _ => throw new IOException($"The connection was lost ({error})."),
        };
    }

    private void Advance(long sent)
    {
        var at = _sent + sent;
        while (_chunk is { } chunk && at >= chunk.Written.Length)
        {
            at -= chunk.Written.Length;
            _chunk = chunk.Next;
        }

        _sent = (int)at;
    }
}
