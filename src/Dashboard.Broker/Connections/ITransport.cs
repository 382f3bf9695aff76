using System.Buffers;
using Dashboard.Broker.Routing;

namespace Dashboard.Broker.Connections;

/// <summary>The bytes of one network connection, over TCP, TLS or WebSocket: in order and without loss [MQTT-4.2-1] [MQTT-4.2.0-1, 3.1.1].</summary>
internal interface ITransport : IChunkSender
{
    /// <summary>"TCP", "TLS" or "WebSocket".</summary>
    string Name { get; }

    /// <summary>Address and port of the other end.</summary>
    string RemoteAddress { get; }

    /// <summary>Hands over what comes, until the other end has ended, the receiver wants no more, or <see cref="StopReceiving"/>.</summary>
    /// <exception cref="IOException">The other end has gone without a word.</exception>
    Task ReceiveAsync(IReceiver receiver);

    /// <summary>Makes <see cref="ReceiveAsync"/> complete soon, also one that has not begun yet. Any thread may call it.</summary>
    void StopReceiving();

    /// <summary>Goes on after the receiver asked to pause: what it left is handed over again, be it nothing. Any thread may call it.</summary>
    void ResumeReceiving();

    /// <summary>After receiving has stopped: hands over what still comes, until the receiver is done, the other end has ended or time is up.</summary>
    Task LingerAsync(IReceiver receiver, TimeSpan time);

    /// <summary>Ends the connection in order: what was sent still arrives.</summary>
    ValueTask CloseAsync();

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}

/// <summary>Where an outbox sends to.</summary>
internal interface IChunkSender
{
    /// <summary>Sends a list of chunks; complete when the transport has taken them. One call at a time.</summary>
    ValueTask SendAsync(OutboxChunk chunks);
}

/// <summary>Who handles what a transport received. One call at a time.</summary>
internal interface IReceiver
{
    /// <summary>Handles the whole packets at the start of the buffer and moves its start behind them; the rest comes again with what follows.</summary>
    ReceiveResult Receive(ref ReadOnlySequence<byte> buffer, DeliveryBatch batch);

    /// <summary>Bytes of the packet of which the start was left over, as it announced them; 0 when that is not known.</summary>
    int Announced { get; }
}

/// <summary>What a receiver wants next.</summary>
internal enum ReceiveResult
{
    /// <summary>More, as it comes.</summary>
    More,

    /// <summary>Nothing until <see cref="ITransport.ResumeReceiving"/>: the other end is held back.</summary>
    Pause,

    /// <summary>Nothing any more.</summary>
    Done,
}
