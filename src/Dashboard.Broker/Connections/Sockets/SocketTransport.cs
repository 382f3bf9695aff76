using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>
/// MQTT over a TCP socket without anything in between: read by its loop into the loop's buffer, written by whichever thread
/// has something to send. An idle connection holds no buffer. Fields are the loop's unless said otherwise.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The loop closes the socket when the connection ends.")]
internal sealed class SocketTransport(Socket socket, SocketLoop loop) : ITransport
{
    /// <summary>Bytes that are read at once.</summary>
    public const int ReadSize = 64 * 1024;

    /// <summary>Reads in one turn, so that a fast publisher leaves time for the others.</summary>
    private const int ReadsInTurn = 4;

    private readonly PartialPacket _partial = new();
    private readonly SocketSender _sender = new(socket, loop);
    private IReceiver? _receiver;
    private TaskCompletionSource? _received;
    private bool _isWatched;
    private bool _isStopped;
    private bool _isPaused;
    private bool _isReadable;
    private bool _hasEnded;
    private bool _isInLine;
    private bool _isClosed;

    public string Name => "TCP";

    public string RemoteAddress { get; } = socket.RemoteEndPoint?.ToString() ?? "unknown";

    /// <summary>The loop's name for this socket; 0 before it is watched.</summary>
    public long Id { get; set; }

    public SafeSocketHandle Handle => socket.SafeHandle;

    public Task ReceiveAsync(IReceiver receiver)
    {
        _receiver = receiver;
        return Ask(SocketCommand.Receive);
    }

    public void StopReceiving() => loop.Post(this, SocketCommand.StopReceiving);

    public void ResumeReceiving() => loop.Post(this, SocketCommand.ResumeReceiving);

    public async Task LingerAsync(IReceiver receiver, TimeSpan time)
    {
        _receiver = receiver;
        try
        {
            await Ask(SocketCommand.Linger).WaitAsync(time).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or IOException)
        {
            // Time is up, or nothing more can be read; what was said may still arrive.
        }
    }

    public ValueTask SendAsync(OutboxChunk chunks) => _sender.SendAsync(chunks, this);

    public ValueTask CloseAsync()
    {
        loop.Post(this, SocketCommand.Close);
        return ValueTask.CompletedTask;
    }

    public void Abort() => loop.Post(this, SocketCommand.Abort);

    /// <summary>On the loop's thread.</summary>
    public void Ready(bool isWritable, bool isReadable, bool hasEnded)
    {
        if (isWritable)
        {
            _sender.GoOn();
        }

        _isReadable |= isReadable;
        _hasEnded |= hasEnded;
        Read();
    }

    /// <summary>The turn of a socket that had lined up has come. On the loop's thread.</summary>
    public void ReadOn()
    {
        _isInLine = false;
        Read();
    }

    /// <summary>On the loop's thread.</summary>
    public void CarryOut(SocketCommand command)
    {
        switch (command)
        {
            case SocketCommand.Receive or SocketCommand.Linger:
                Begin(mayBeStopped: command == SocketCommand.Receive);
                break;
            case SocketCommand.StopReceiving:
                _isStopped = true;
                Complete(null);
                break;
            case SocketCommand.ResumeReceiving:
                _isPaused = false;
                HandOver(_partial.Received);
                Read();
                break;
            case SocketCommand.SendOn:
                _sender.GoOn();
                break;
            case SocketCommand.Close:
                End(null);
                break;
            case SocketCommand.Abort:
                End(new IOException("The connection was aborted."));
                break;
        }
    }

    private Task Ask(SocketCommand command)
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _received = received;
        loop.Post(this, command);
        return received.Task;
    }

    private void Begin(bool mayBeStopped)
    {
        if (_isClosed || (_isStopped && mayBeStopped))
        {
            Complete(null);
            return;
        }

        _isPaused = false;
        if (_isWatched)
        {
            _isReadable = true; // what came in the meantime was noted by nobody
            Read();
            return;
        }

        _isWatched = true;
        loop.Watch(this);
    }

    private void Read()
    {
        for (var turn = 0; _isReadable && _received is not null && !_isPaused; turn++)
        {
            if (turn == ReadsInTurn)
            {
                LineUp();
                return;
            }

            ReadOnce();
        }
    }

    private void LineUp()
    {
        if (!_isInLine)
        {
            _isInLine = true;
            loop.ReadAgain(this);
        }
    }

    private void ReadOnce()
    {
        // A packet larger than a read is gathered where it stays; anything else is put together in the loop's buffer.
        var isLarge = _partial.Length >= ReadSize;
        var before = isLarge ? 0 : _partial.Length;
        var room = isLarge ? _partial.Room(ReadSize, _receiver!.Announced) : loop.Buffer.AsSpan(before, ReadSize);
        var count = socket.Receive(room, SocketFlags.None, out var error);
        if (error != SocketError.Success || count == 0)
        {
            _isReadable = false;
            if (error != SocketError.WouldBlock)
            {
                Complete(error == SocketError.Success ? null : new IOException($"The connection was lost ({error})."));
            }

            return;
        }

        // The end that came with these bytes is not told again: it has to be read.
        _isReadable = count == room.Length || _hasEnded;
        if (isLarge)
        {
            _partial.Add(count);
            HandOver(_partial.Received);
        }
        else
        {
            _partial.Received.Span.CopyTo(loop.Buffer);
            HandOver(loop.Buffer.AsMemory(0, before + count));
        }
    }

    private void HandOver(ReadOnlyMemory<byte> bytes)
    {
        if (_received is null)
        {
            return;
        }

        try
        {
            var buffer = new ReadOnlySequence<byte>(bytes);
            var wanted = _receiver!.Receive(ref buffer, loop.Batch);
            _partial.Keep(buffer.FirstSpan);
            _isPaused = wanted == ReceiveResult.Pause;
            if (wanted == ReceiveResult.Done)
            {
                Complete(null);
            }
        }
        catch (Exception exception)
        {
            // One client must not end the loop of the others; whoever awaits the reception reports it.
            Complete(exception);
        }
    }

    private void Complete(Exception? exception)
    {
        var received = _received;
        _received = null;
        if (exception is null)
        {
            received?.TrySetResult();
        }
        else
        {
            received?.TrySetException(exception);
        }
    }

    private void End(IOException? exception)
    {
        if (_isClosed)
        {
            return;
        }

        _isClosed = true;
        loop.Forget(this);
        _partial.Clear();
        Shutdown(socket);
        socket.Dispose();
        _sender.Fail();
        Complete(exception);
    }

    private static void Shutdown(Socket socket)
    {
        try
        {
            socket.Shutdown(SocketShutdown.Both);
        }
        catch (SocketException)
        {
            // The other end was faster.
        }
    }
}
