using BenchmarkDotNet.Attributes;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Routing;

namespace Dashboard.Benchmarks.Micro;

/// <summary>A hundred messages into one outbox, then one flush.</summary>
public class OutboxBenchmarks
{
    private const int Messages = 100;

    private readonly Outbox _outbox = new(new Hole(), new OutboxChunkPool(), 8 << 20, new Nobody());
    private readonly DeliveryBatch _batch = new();
    private readonly byte[] _head = [0x30, 80, .. new byte[14]];
    private byte[] _payload = [];

    [Params(64, 4096)]
    public int Payload { get; set; }

    [GlobalSetup]
    public void Prepare() => _payload = new byte[Payload];

    [Benchmark(OperationsPerInvoke = Messages)]
    public void WriteAndFlush()
    {
        for (var i = 0; i < Messages; i++)
        {
            _outbox.TryWrite(_head, _payload, _batch, mayDrop: true);
        }

        _batch.Flush();
    }

    private sealed class Hole : IChunkSender
    {
        public ValueTask SendAsync(OutboxChunk chunks) => ValueTask.CompletedTask;
    }

    private sealed class Nobody : IOutboxOwner
    {
        public void OutboxHasRoom()
        {
        }

        public void OutboxFailed()
        {
        }
    }
}
