using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>
/// Puts frames around what is sent: everything that an outbox gathered goes into one frame, whose header lies in front of it in
/// the first chunk. Control frames go between two of them, never into one.
/// </summary>
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "A semaphore whose wait handle nobody asks for holds nothing.")]
internal sealed class FrameSender(IChunkSender transport)
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly Lock _gate = new();
    private byte[]? _pong;
    private bool _isPongUnderWay;

    public ValueTask SendAsync(OutboxChunk chunks)
    {
        Frame(chunks);
        return _turn.Wait(0) ? SendNowAsync(chunks) : SendInTurnAsync(chunks);
    }

    /// <summary>Answers a ping; of several that come faster than they can be answered, the last one (RFC 6455, 5.5.3).</summary>
    public void Pong(ReadOnlySpan<byte> payload)
    {
        lock (_gate)
        {
            _pong = payload.ToArray();
            if (_isPongUnderWay)
            {
                return;
            }

            _isPongUnderWay = true;
        }

        _ = SendPongsAsync();
    }

    public ValueTask CloseAsync(CloseCode code)
    {
        Span<byte> payload = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        return SendInTurnAsync(Control(Opcode.Close, payload));
    }

    private static void Frame(OutboxChunk chunks)
    {
        var length = 0L;
        for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
        {
            length += chunk.Written.Length;
        }

        Span<byte> header = stackalloc byte[OutboxChunk.HeadRoom];
        chunks.Prepend(header[..FrameHeader.Write(header, Opcode.Binary, length)]);
    }

    private static OutboxChunk Control(Opcode opcode, ReadOnlySpan<byte> payload)
    {
        var chunk = new OutboxChunk();
        chunk.Append(payload);
        Span<byte> header = stackalloc byte[OutboxChunk.HeadRoom];
        chunk.Prepend(header[..FrameHeader.Write(header, opcode, payload.Length)]);
        return chunk;
    }

    private ValueTask SendNowAsync(OutboxChunk chunks)
    {
        ValueTask sending;
        try
        {
            sending = transport.SendAsync(chunks);
        }
        catch
        {
            _turn.Release();
            throw;
        }

        if (!sending.IsCompletedSuccessfully)
        {
            return FinishAsync(sending);
        }

        _turn.Release();
        return ValueTask.CompletedTask;
    }

    private async ValueTask SendInTurnAsync(OutboxChunk chunks)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        await SendNowAsync(chunks).ConfigureAwait(false);
    }

    private async ValueTask FinishAsync(ValueTask sending)
    {
        try
        {
            await sending.ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task SendPongsAsync()
    {
        try
        {
            while (TakePong() is { } payload)
            {
                await SendInTurnAsync(Control(Opcode.Pong, payload)).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The connection is broken; whoever receives learns it too and ends it.
        }
    }

    private byte[]? TakePong()
    {
        lock (_gate)
        {
            var pong = _pong;
            _pong = null;
            _isPongUnderWay = pong is not null;
            return pong;
        }
    }
}
