namespace Dashboard.Benchmarks.Load;

/// <summary>Subscribers that nothing reaches, held open beside a load client that is another process.</summary>
internal sealed class QuietAudience : IDisposable
{
    private static int _audiences;

    private readonly ConnectionCrowd _crowd = new(largestPacket: 1024);

    /// <param name="audience">The filters of each.</param>
    public QuietAudience(IReadOnlyList<string[]> audience, int port)
    {
        var name = $"quiet{Environment.ProcessId}-{Interlocked.Increment(ref _audiences)}";
        _crowd.Open(audience.Count, (poll, id, i) => new LoadConnection(
            poll, id, port, isWebSocket: false, ClientPackets.Connect($"{name}-{i}"), ClientPackets.Subscribe(audience[i], qos: 0)));
    }

    public void Dispose() => _crowd.Dispose();
}
