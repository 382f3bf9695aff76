using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Broker.Hosting;

/// <summary>Accepts connections and gives each to a socket loop.</summary>
internal sealed class SocketListener(Socket socket, SocketListenerFactory factory) : IConnectionListener
{
    public EndPoint EndPoint { get; } = socket.LocalEndPoint!;

    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await socket.AcceptAsync(cancellationToken).ConfigureAwait(false);
                accepted.NoDelay = true;
                accepted.Blocking = false;
                return new SocketConnectionContext(accepted, new SocketTransport(accepted, factory.NextLoop()));
            }
            catch (Exception exception) when (exception is ObjectDisposedException or SocketException { SocketErrorCode: SocketError.OperationAborted })
            {
                return null; // unbound
            }
            catch (SocketException)
            {
                // The client was gone before it was accepted.
            }
        }
    }

    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => UnbindAsync();
}
