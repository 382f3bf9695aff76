using System.Collections.Concurrent;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Connections.Sockets;

/// <summary>
/// A thread that serves many sockets: it waits until some are ready, reads and handles each of them in turn, and flushes
/// what they caused once for the whole round. Nothing that runs on it may block. With little to do a message costs one
/// wake, one read and one write; under load a round gathers the messages of many clients.
/// </summary>
internal sealed class SocketLoop : IDisposable
{
    private readonly EventPoll _poll = new();
    private readonly ConcurrentQueue<(SocketTransport Socket, SocketCommand Command)> _commands = [];
    private readonly Dictionary<long, SocketTransport> _sockets = [];
    private readonly Queue<SocketTransport> _unread = [];
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private long _lastId;
    private int _isWoken;
    private volatile bool _isStopping;

    public SocketLoop(int number, TimeProvider time)
    {
        _time = time;
        _thread = new Thread(Run) { IsBackground = true, Name = $"MQTT sockets {number}" };
        _thread.Start();
    }

    /// <summary>Where sockets read into; what is left of it when a socket was handled is free for the next.</summary>
    public byte[] Buffer { get; } = GC.AllocateUninitializedArray<byte>(SocketTransport.ReadSize * 2, pinned: true);

    public DeliveryBatch Batch { get; } = new();

    /// <summary>Has a command carried out on the loop's thread, in the order of the calls. Any thread may call it.</summary>
    public void Post(SocketTransport socket, SocketCommand command)
    {
        _commands.Enqueue((socket, command));
        if (Environment.CurrentManagedThreadId != _thread.ManagedThreadId)
        {
            Wake();
        }
    }

    /// <summary>Begins to watch a socket. On the loop's thread.</summary>
    public void Watch(SocketTransport socket)
    {
        socket.Id = ++_lastId;
        _sockets.Add(socket.Id, socket);
        _poll.Watch(socket.Handle, socket.Id);
    }

    public void Forget(SocketTransport socket) => _sockets.Remove(socket.Id);

    /// <summary>Notes that a socket has more to read than it should take in one turn. On the loop's thread.</summary>
    public void ReadAgain(SocketTransport socket) => _unread.Enqueue(socket);

    /// <summary>Ends the thread and, without ceremony, the connections that are still there.</summary>
    public void Dispose()
    {
        _isStopping = true;
        Wake();
        _thread.Join();
        _poll.Dispose();
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _isWoken, 1) == 0)
        {
            _poll.Wake();
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            var count = _poll.Wait(mayBlock: _commands.IsEmpty && _unread.Count == 0);
            Volatile.Write(ref _isWoken, 0);
            Batch.Now = _time.GetUtcNow().ToUnixTimeMilliseconds();
            for (var i = 0; i < count; i++)
            {
                var (id, isWritable, isReadable, hasEnded) = _poll[i];
                if (_sockets.TryGetValue(id, out var socket))
                {
                    socket.Ready(isWritable, isReadable, hasEnded);
                }
            }

            ReadOn();
            CarryOut();
            Batch.Flush();
        }

        CarryOut();
        foreach (var socket in _sockets.Values.ToArray())
        {
            socket.CarryOut(SocketCommand.Abort);
        }
    }

    /// <summary>Those that had more to read than one turn allows come again after all others had theirs.</summary>
    private void ReadOn()
    {
        for (var count = _unread.Count; count > 0; count--)
        {
            _unread.Dequeue().ReadOn();
        }
    }

    private void CarryOut()
    {
        while (_commands.TryDequeue(out var next))
        {
            next.Socket.CarryOut(next.Command);
        }
    }
}
