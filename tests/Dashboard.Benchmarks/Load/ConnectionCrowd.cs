using System.Diagnostics;

namespace Dashboard.Benchmarks.Load;

/// <summary>Connections that one thread serves. They are opened a few dozen at a time, as brokers have a queue for it.</summary>
internal sealed class ConnectionCrowd : IDisposable
{
    private const int OpenedAtOnce = 64;
    private const int UsualRead = 256 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Poll _poll = new();
    private readonly List<LoadConnection> _connections = [];
    private readonly byte[] _buffer;

    /// <param name="largestPacket">Bytes.</param>
    /// <param name="readSize">Bytes that one read takes at most.</param>
    public ConnectionCrowd(int largestPacket, int readSize = UsualRead) => _buffer = new byte[readSize + largestPacket];

    /// <summary>Where messages are counted; null lets them go by.</summary>
    public Arrivals? Arrivals { get; set; }

    public int Count => _connections.Count;

    public bool IsAnyClosed => _connections.Any(connection => connection.Stage == LoadStage.Closed);

    /// <summary>Opens connections and waits until all of them are ready.</summary>
    /// <param name="open">Makes the connection with a number, counted from 0, for the poll and the id that it is given.</param>
    public void Open(int count, Func<Poll, int, int, LoadConnection> open)
    {
        var first = _connections.Count;
        var deadline = Stopwatch.GetTimestamp() + (long)(Patience.TotalSeconds * Stopwatch.Frequency);
        var ready = first;
        while (ready < first + count)
        {
            while (_connections.Count < first + count && _connections.Count - ready < OpenedAtOnce)
            {
                _connections.Add(open(_poll, _connections.Count, _connections.Count - first));
            }

            Turn(10_000_000);
            while (ready < _connections.Count && _connections[ready].Stage >= LoadStage.Ready)
            {
                ready++;
            }

            if (IsLate(deadline))
            {
                throw new TimeoutException($"Only {ready - first} of {count} connections were ready after {Patience.TotalSeconds:0} s");
            }
        }

        if (IsAnyClosed)
        {
            throw new IOException("The broker closed a connection while all were opened");
        }
    }

    public LoadConnection this[int id] => _connections[id];

    /// <summary>Serves what has happened, or waits for it at most so long.</summary>
    public void Turn(long nanoseconds)
    {
        var count = _poll.Wait(nanoseconds);
        for (var i = 0; i < count; i++)
        {
            var (id, isWritable, isReadable) = _poll[i];
            var connection = _connections[id];
            if (connection.Stage == LoadStage.Closed)
            {
                continue;
            }

            if (isReadable)
            {
                if (Arrivals is not null)
                {
                    Arrivals.Now = Stopwatch.GetTimestamp();
                }

                connection.OnReadable(_buffer, Arrivals);
            }

            if (isWritable && connection.Stage != LoadStage.Closed)
            {
                connection.OnWritable();
            }
        }
    }

    /// <summary>Takes a closed connection's place for the next one, so that a storm needs no more room than it has open.</summary>
    public void Replace(int id, Func<Poll, LoadConnection> open)
    {
        _connections[id].Close();
        _connections[id] = open(_poll);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
        {
            connection.Leave();
            connection.Close();
        }

        _poll.Dispose();
    }

    private static bool IsLate(long deadline) => Stopwatch.GetTimestamp() > deadline;
}
