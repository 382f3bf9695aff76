using System.Buffers;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Routing;

namespace Dashboard.Benchmarks.Micro;

/// <summary>A connection without a network: what it is fed is handled before the call returns, and what is sent to it is gone.</summary>
internal sealed class MemoryClient : ITransport
{
    private readonly DeliveryBatch _batch = new();
    private readonly PacketLoop _loop;

    public MemoryClient(ConnectionServices services, string clientId)
    {
        _loop = new PacketLoop(new ClientConnection(this, services), services);
        Feed(Load.ClientPackets.Connect(clientId));
    }

    public string Name => "memory";

    public string RemoteAddress => "memory";

    public void Feed(ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        _loop.Receive(ref buffer, _batch);
        _batch.Flush();
    }

    public ValueTask SendAsync(OutboxChunk chunks) => ValueTask.CompletedTask;

    public Task ReceiveAsync(IReceiver receiver) => Task.CompletedTask;

    public void StopReceiving()
    {
    }

    public void ResumeReceiving()
    {
    }

    public Task LingerAsync(IReceiver receiver, TimeSpan time) => Task.CompletedTask;

    public ValueTask CloseAsync() => ValueTask.CompletedTask;

    public void Abort()
    {
    }
}
