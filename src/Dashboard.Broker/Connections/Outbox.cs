using System.Diagnostics.CodeAnalysis;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// The only writer of a connection. Any thread appends under the lock, which is held for a copy and no longer; whoever
/// flushes first sends everything that has gathered, and goes on while others append. What waits is counted and bounded.
/// </summary>
internal sealed class Outbox(IChunkSender transport, OutboxChunkPool chunks, int limit, IOutboxOwner owner) : IFlushTarget
{
    /// <summary>Bytes after which a batch that is still being read is sent on, so that a large read does not gather for every receiver.</summary>
    private const int FlushEarlyAt = OutboxChunk.Size;

    private readonly Lock _gate = new();
    private OutboxChunk? _first;
    private OutboxChunk? _last;
    private DeliveryBatch? _lastBatch;
    private int _gathered;
    private int _sending;
    private bool _isSending;
    private bool _isClosed;
    private bool _tellsWhenRoom;
    private TaskCompletionSource? _drained;
    private volatile bool _isWatched;

    /// <summary>Whether the owner wants to see each packet that is taken.</summary>
    public bool IsWatched
    {
        set => _isWatched = value;
    }

    /// <summary>Packets that were taken since the start.</summary>
    public long Packets { get; private set; }

    /// <summary>Those of them that are PUBLISH.</summary>
    public long Publishes { get; private set; }

    /// <summary>Bytes that were taken since the start.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes that wait.</summary>
    public int Waiting => Volatile.Read(ref _gathered) + Volatile.Read(ref _sending);

    /// <summary>
    /// Whether more should be started. Asking when there is none makes the outbox tell its owner once there is again.
    /// </summary>
    public bool HasRoom
    {
        get
        {
            if (Waiting < limit / 4)
            {
                return true;
            }

            lock (_gate)
            {
                _tellsWhenRoom = Waiting >= limit / 4;
                return !_tellsWhenRoom;
            }
        }
    }

    /// <summary>Appends a packet, head first, then payload.</summary>
    /// <returns>False when the limit for what may be dropped is reached, or the outbox is closed.</returns>
    public bool TryWrite(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch, bool mayDrop)
    {
        if (mayDrop && IsFullFor(head.Length + payload.Length))
        {
            return false; // without the lock: a subscriber that is stuck costs the others as little as can be
        }

        bool flushEarly;
        lock (_gate)
        {
            if (_isClosed)
            {
                return false;
            }

            if (mayDrop && IsFullFor(head.Length + payload.Length))
            {
                return false;
            }

            Add(head, payload, batch);
            flushEarly = _gathered >= FlushEarlyAt && !_isSending;
        }

        if (flushEarly)
        {
            Flush();
        }

        return true;
    }

    /// <summary>Appends the goodbye and takes nothing more, whoever else is about to write [MQTT-3.14.4-1].</summary>
    public void WriteLast(ReadOnlySpan<byte> packet, DeliveryBatch batch)
    {
        lock (_gate)
        {
            if (!_isClosed)
            {
                Add(packet, default, batch);
                _isClosed = true;
            }
        }
    }

    /// <summary>Sends what has gathered, unless a send is under way: that one goes on with it.</summary>
    public void Flush()
    {
        OutboxChunk? taken;
        lock (_gate)
        {
            _lastBatch = null;
            if (_isSending || !TryTake(out taken))
            {
                return;
            }

            _isSending = true;
        }

        Send(taken);
    }

    /// <summary>Takes nothing more and completes when everything is sent or sending has failed.</summary>
    public Task CloseAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (!_isSending && _first is null)
            {
                return Task.CompletedTask;
            }

            _drained = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Flush();
        return _drained.Task;
    }

    private bool IsFullFor(int length) => Waiting is > 0 and var waiting && waiting + length > limit;

    private void Add(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, DeliveryBatch batch)
    {
        Append(head);
        Append(payload);
        var length = head.Length + payload.Length;
        _gathered += length;
        Bytes += length;
        Packets++;
        Publishes += head[0] >> 4 == (int)PacketType.Publish ? 1 : 0;
        if (_isWatched)
        {
            owner.Written(head, payload);
        }

        if (!ReferenceEquals(_lastBatch, batch))
        {
            _lastBatch = batch;
            batch.Touch(this);
        }
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (_last is null)
            {
                _first = _last = chunks.Rent();
            }
            else if (_last.Room == 0)
            {
                _last = _last.Next = chunks.Rent();
            }

            var part = bytes[..Math.Min(bytes.Length, _last.Room)];
            _last.Append(part);
            bytes = bytes[part.Length..];
        }
    }

    private bool TryTake([NotNullWhen(true)] out OutboxChunk? taken)
    {
        taken = _first;
        _first = _last = null;
        _sending = _gathered;
        _gathered = 0;
        return taken is not null;
    }

    private void Send(OutboxChunk taken)
    {
        try
        {
            while (true)
            {
                var sending = transport.SendAsync(taken);
                if (!sending.IsCompletedSuccessfully)
                {
                    _ = FinishSendAsync(sending, taken);
                    return;
                }

                chunks.Return(taken);
                if (!TryGoOn(out taken!))
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsBrokenSocket(exception))
        {
            Fail();
        }
    }

    private async Task FinishSendAsync(ValueTask sending, OutboxChunk taken)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        catch (Exception exception) when (IsBrokenSocket(exception))
        {
            Fail();
            return;
        }

        chunks.Return(taken);
        if (TryGoOn(out var next))
        {
            Send(next);
        }
    }

    private bool TryGoOn([NotNullWhen(true)] out OutboxChunk? next)
    {
        bool tell;
        TaskCompletionSource? drained = null;
        lock (_gate)
        {
            if (!TryTake(out next))
            {
                _isSending = false;
                drained = _drained;
            }

            tell = _tellsWhenRoom && Waiting < limit / 4;
            _tellsWhenRoom &= !tell;
        }

        drained?.TrySetResult();
        if (tell)
        {
            owner.OutboxHasRoom();
        }

        return next is not null;
    }

    /// <summary>The connection is broken: what waits is let go and nothing more is taken.</summary>
    private void Fail()
    {
        TaskCompletionSource? drained;
        lock (_gate)
        {
            _isClosed = true;
            _isSending = false;
            chunks.Return(_first);
            _first = _last = null;
            _gathered = 0;
            _sending = 0;
            drained = _drained;
        }

        drained?.TrySetResult();
        owner.OutboxFailed();
    }

    private static bool IsBrokenSocket(Exception exception) =>
        exception is IOException or OperationCanceledException or InvalidOperationException;
}

/// <summary>Who has to know what happens to an outbox. Called without its lock unless said otherwise.</summary>
internal interface IOutboxOwner
{
    /// <summary>Called with the lock for each packet that was taken, while <see cref="Outbox.IsWatched"/>.</summary>
    void Written(ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
    }

    void OutboxHasRoom();

    void OutboxFailed();
}
