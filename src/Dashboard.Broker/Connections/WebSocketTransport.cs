using System.IO.Pipelines;
using System.Net.WebSockets;

namespace Dashboard.Broker.Connections;

/// <summary>
/// MQTT over WebSocket (section 6): binary frames that may hold several packets, a part of one or nothing [MQTT-6.0.0-2].
/// A pipe stands between the socket and the reader, because cancelling a receive would abort the socket and with it the goodbye.
/// </summary>
internal sealed class WebSocketTransport : ITransport
{
    private const int ReadSize = 4 * 1024;

    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly WebSocket _socket;
    private readonly Pipe _received = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly PipeReception _reception;
    private readonly Task _receiving;

    public WebSocketTransport(WebSocket socket, string remoteAddress)
    {
        _socket = socket;
        RemoteAddress = remoteAddress;
        _reception = new PipeReception(_received.Reader);
        _receiving = ReceiveAsync();
    }

    public string Name => "WebSocket";

    public string RemoteAddress { get; }

    public Task ReceiveAsync(IReceiver receiver) => _reception.ReceiveAsync(receiver);

    public void StopReceiving() => _reception.Stop();

    public void ResumeReceiving() => _reception.Resume();

    public Task LingerAsync(TimeSpan time) => _reception.LingerAsync(time);

    public async ValueTask SendAsync(OutboxChunk chunks)
    {
        for (var chunk = chunks; chunk is not null; chunk = chunk.Next)
        {
            await _socket.SendAsync(chunk.Written, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    public async ValueTask CloseAsync()
    {
        if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).ConfigureAwait(false);
        }

        await _received.Reader.CompleteAsync().ConfigureAwait(false);
        await Task.WhenAny(_receiving, Task.Delay(GoodbyeTimeout)).ConfigureAwait(false);
        _socket.Abort();
    }

    public void Abort() => _socket.Abort();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                // An empty read waits for data without holding a buffer for an idle client.
                var result = await _socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
                if (result.MessageType != WebSocketMessageType.Close)
                {
                    result = await _socket.ReceiveAsync(_received.Writer.GetMemory(ReadSize), CancellationToken.None).ConfigureAwait(false);
                }

                if (result.MessageType != WebSocketMessageType.Binary)
                {
                    await _received.Writer.CompleteAsync(result.MessageType == WebSocketMessageType.Text ? new TextFrameException() : null).ConfigureAwait(false); // [MQTT-6.0.0-1]
                    break;
                }

                _received.Writer.Advance(result.Count);
                var flushed = result.Count == 0 ? default : await _received.Writer.FlushAsync().ConfigureAwait(false);
                if (flushed.IsCompleted)
                {
                    break;
                }
            }

            await ReceiveRestAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            await _received.Writer.CompleteAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What still comes is let go of until the client closes too, so that the goodbye is not lost to a reset.</summary>
    private async Task ReceiveRestAsync()
    {
        var rest = new byte[ReadSize];
        while (_socket.State is WebSocketState.Open or WebSocketState.CloseSent)
        {
            await _socket.ReceiveAsync(rest.AsMemory(), CancellationToken.None).ConfigureAwait(false);
        }
    }
}

/// <summary>The client sent a text frame; MQTT needs binary frames.</summary>
internal sealed class TextFrameException() : IOException("A text frame came; MQTT over WebSocket needs binary frames.");
