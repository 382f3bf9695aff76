using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Broker.Hosting;

/// <summary>What Kestrel sees of a connection that is served by a socket loop: that it is there, and when it has ended.</summary>
internal sealed class SocketConnectionContext(Socket socket, SocketTransport transport) : ConnectionContext
{
    private string? _id;

    public SocketTransport Socket => transport;

    public override string ConnectionId
    {
        get => _id ??= $"mqtt-{transport.Id}";
        set => _id = value;
    }

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items
    {
        get => field ??= new Dictionary<object, object?>();
        set;
    }

    /// <summary>There is no pipe; a middleware that needs one does not belong on an <see cref="MqttEndPoint"/>.</summary>
    public override IDuplexPipe Transport
    {
        get => throw new NotSupportedException("A connection of a socket loop has no pipe.");
        set => throw new NotSupportedException("A connection of a socket loop has no pipe.");
    }

    public override EndPoint? LocalEndPoint
    {
        get => field ??= socket.LocalEndPoint;
        set;
    }

    public override EndPoint? RemoteEndPoint
    {
        get => field ??= socket.RemoteEndPoint;
        set;
    }

    public override void Abort(ConnectionAbortedException abortReason) => transport.Abort();

    public override async ValueTask DisposeAsync()
    {
        await transport.CloseAsync().ConfigureAwait(false);
        await base.DisposeAsync().ConfigureAwait(false);
    }
}
