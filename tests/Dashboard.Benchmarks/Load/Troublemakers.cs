namespace Dashboard.Benchmarks.Load;

/// <summary>
/// Subscribers as nobody wants them: one that never reads, one that reads slowly, and a greedy one that reads as slowly and
/// wants everything.
/// </summary>
internal sealed class Troublemakers : IDisposable
{
    private const int SlowRead = 4096;
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(10);

    private readonly ConnectionCrowd _stuck = new(largestPacket: 1024);
    private readonly ConnectionCrowd _slow = new(largestPacket: 1024, SlowRead);
    private readonly Thread _reader;
    private volatile bool _isDone;

    /// <param name="topic">What the stuck and the slow one subscribe to.</param>
    public Troublemakers(int port, string topic)
    {
        Open(_stuck, port, "stuck", topic);
        Open(_slow, port, "slow", topic);
        Open(_slow, port, "greedy", "#");
        _reader = new Thread(Read) { IsBackground = true, Name = "Slow readers" };
        _reader.Start();
    }

    public void Dispose()
    {
        _isDone = true;
        _reader.Join();
        _stuck.Dispose();
        _slow.Dispose();
    }

    private static void Open(ConnectionCrowd crowd, int port, string name, string filter) =>
        crowd.Open(1, (poll, id, _) => new LoadConnection(
            poll, id, port, isWebSocket: false, ClientPackets.Connect($"{name}{Environment.ProcessId}-{port}"), ClientPackets.Subscribe([filter], qos: 0)));

    private void Read()
    {
        while (!_isDone)
        {
            _slow.Turn(0);
            Thread.Sleep(SlowPause);
        }
    }
}
