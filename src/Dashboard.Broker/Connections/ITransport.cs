using System.IO.Pipelines;

namespace Dashboard.Broker.Connections;

/// <summary>The bytes of one network connection, over TCP, TLS or WebSocket.</summary>
internal interface ITransport
{
    /// <summary>"TCP", "TLS" or "WebSocket".</summary>
    string Name { get; }

    /// <summary>Address and port of the other end.</summary>
    string RemoteAddress { get; }

    PipeReader Input { get; }

    /// <summary>Sends a list of chunks; complete when the transport has taken them. One call at a time.</summary>
    ValueTask SendAsync(OutboxChunk chunks);

    /// <summary>Ends the connection in order: what was sent still arrives.</summary>
    ValueTask CloseAsync();

    /// <summary>Ends the connection at once.</summary>
    void Abort();
}
