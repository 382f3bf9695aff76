using Dashboard.Broker.Connections;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Tests.Connections;

public sealed class OutboxTests
{
    private const int Limit = 1000;

    private readonly SlowTransport _transport = new();
    private readonly Owner _owner = new();
    private readonly Outbox _outbox;

    public OutboxTests() => _outbox = new Outbox(_transport, new OutboxChunkPool(), Limit, _owner);

    [Fact]
    public void What_a_batch_gathered_is_sent_at_once_when_it_is_flushed()
    {
        var batch = new DeliveryBatch();
        _outbox.TryWrite([0x30, 1], [2], batch, mayDrop: true);
        _outbox.TryWrite([0xD0, 0], default, batch, mayDrop: false);
        Assert.Equal(0, _transport.Sends);
        batch.Flush();
        Assert.Equal(1, _transport.Sends);
        Assert.Equal([0x30, 1, 2, 0xD0, 0], _transport.Sent);
        Assert.Equal((2L, 1L, 5L), (_outbox.Packets, _outbox.Publishes, _outbox.Bytes));
    }

    [Fact]
    public void Above_the_limit_what_may_be_dropped_is_and_the_rest_is_not()
    {
        var batch = new DeliveryBatch();
        Assert.True(_outbox.TryWrite([0x30], new byte[Limit - 1], batch, mayDrop: true));
        Assert.False(_outbox.TryWrite([0x30], default, batch, mayDrop: true));
        Assert.True(_outbox.TryWrite([0x32], new byte[Limit], batch, mayDrop: false));
        Assert.Equal((2 * Limit) + 1, _outbox.Waiting);
    }

    [Fact]
    public void A_single_message_larger_than_the_limit_passes_when_nothing_waits() =>
        Assert.True(_outbox.TryWrite([0x30], new byte[5 * Limit], new DeliveryBatch(), mayDrop: true));

    [Fact]
    public void The_owner_is_told_once_there_is_room_again()
    {
        _transport.Hold();
        var batch = new DeliveryBatch();
        _outbox.TryWrite([0x30], new byte[Limit - 1], batch, mayDrop: true);
        batch.Flush();
        Assert.False(_outbox.HasRoom);
        Assert.Equal(0, _owner.Rooms);
        _transport.Release();
        Assert.True(SpinWait.SpinUntil(() => _owner.Rooms == 1, Eventually.Patience));
        Assert.True(_outbox.HasRoom);
    }

    [Fact]
    public void Nothing_is_taken_after_the_goodbye()
    {
        var batch = new DeliveryBatch();
        _outbox.WriteLast([0xE0, 0], batch);
        Assert.False(_outbox.TryWrite([0x30], default, batch, mayDrop: true));
        Assert.False(_outbox.TryWrite([0x40], default, batch, mayDrop: false));
        _outbox.WriteLast([0xE0, 1], batch);
        batch.Flush();
        Assert.Equal([0xE0, 0], _transport.Sent);
    }

    [Fact]
    public async Task Closing_waits_until_everything_is_sent()
    {
        _transport.Hold();
        var batch = new DeliveryBatch();
        _outbox.TryWrite([0x30, 0], default, batch, mayDrop: true);
        batch.Flush();
        _outbox.WriteLast([0xE0, 0], batch);
        var closing = _outbox.CloseAsync();
        Assert.False(closing.IsCompleted);
        _transport.Release();
        await closing.WaitAsync(Eventually.Patience);
        Assert.Equal([0x30, 0, 0xE0, 0], _transport.Sent);
    }

    [Fact]
    public async Task A_broken_transport_is_reported_and_nothing_more_is_taken()
    {
        _transport.IsBroken = true;
        var batch = new DeliveryBatch();
        _outbox.TryWrite([0x30], default, batch, mayDrop: true);
        batch.Flush();
        Assert.Equal(1, _owner.Failures);
        Assert.False(_outbox.TryWrite([0x30], default, batch, mayDrop: false));
        await _outbox.CloseAsync().WaitAsync(Eventually.Patience);
    }

    private sealed class Owner : IOutboxOwner
    {
        public int Rooms { get; private set; }

        public int Failures { get; private set; }

        public void OutboxHasRoom() => Rooms++;

        public void OutboxFailed() => Failures++;
    }

    private sealed class SlowTransport : IChunkSender
    {
        private readonly List<byte> _sent = [];
        private TaskCompletionSource? _held;

        public IReadOnlyList<byte> Sent => _sent;

        public int Sends { get; private set; }

        public bool IsBroken { get; set; }

        public void Hold() => _held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release()
        {
            var held = _held!;
            _held = null;
            held.SetResult();
        }

        public async ValueTask SendAsync(OutboxChunk chunks)
        {
            Sends++;
            if (IsBroken)
            {
                throw new IOException("broken");
            }

            for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
            {
                _sent.AddRange(chunk.Written.Span);
            }

            await (_held?.Task ?? Task.CompletedTask);
        }
    }
}
