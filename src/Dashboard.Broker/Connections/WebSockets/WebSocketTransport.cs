namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>
/// MQTT over WebSocket (section 6) on a connection that has been upgraded to it: the bytes below come and go as they do over
/// TCP, with frames around them.
/// </summary>
internal sealed class WebSocketTransport : ITransport
{
    /// <summary>How long a client gets to close its side too.</summary>
    private static readonly TimeSpan GoodbyeTimeout = TimeSpan.FromSeconds(1);

    private readonly ITransport _below;
    private readonly FrameReader _reader = new();
    private readonly FrameReceiver _frames;
    private readonly FrameSender _sender;

    public WebSocketTransport(ITransport below, string remoteAddress)
    {
        _below = below;
        RemoteAddress = remoteAddress;
        _sender = new FrameSender(below);
        _frames = new FrameReceiver(_reader, _sender.Pong);
    }

    public string Name => "WebSocket";

    public string RemoteAddress { get; }

    public async Task ReceiveAsync(IReceiver receiver)
    {
        await _below.ReceiveAsync(_frames.For(receiver)).ConfigureAwait(false);
        if (_reader.Fault is { } fault)
        {
            throw new FrameException(fault);
        }
    }

    public void StopReceiving() => _below.StopReceiving();

    public void ResumeReceiving() => _below.ResumeReceiving();

    public Task LingerAsync(IReceiver receiver, TimeSpan time)
    {
        if (_reader.Fault is not null)
        {
            return _below.LingerAsync(LettingGo.Instance, time); // its frames cannot be told apart any more
        }

        return _frames.HasEnded ? Task.CompletedTask : _below.LingerAsync(_frames.For(receiver), time);
    }

    public ValueTask SendAsync(OutboxChunk chunks) => _sender.SendAsync(chunks);

    public async ValueTask CloseAsync()
    {
        await _sender.CloseAsync(_reader.FaultCode).ConfigureAwait(false);
        await LingerAsync(LettingGo.Instance, GoodbyeTimeout).ConfigureAwait(false);
        await _below.CloseAsync().ConfigureAwait(false);
    }

    public void Abort() => _below.Abort();
}

/// <summary>The client broke the rules of WebSocket, or those of MQTT for it.</summary>
internal sealed class FrameException(EventText cause) : IOException(cause.English)
{
    public EventText Cause { get; } = cause;
}
