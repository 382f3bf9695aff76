namespace Dashboard.Benchmarks.Peers;

/// <summary>A broker that is measured, in a process of its own.</summary>
internal abstract class Peer : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract int ProcessId { get; }

    public abstract int TcpPort { get; }

    public abstract int WebSocketPort { get; }

    /// <summary>The highest QoS that it speaks.</summary>
    public virtual int HighestQoS => 2;

    public abstract ValueTask DisposeAsync();
}
