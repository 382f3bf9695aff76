using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Dashboard.Broker.Hosting;

/// <summary>
/// Kestrel's door for <see cref="MqttEndPoint"/>: Kestrel binds, accepts and stops as for its own connections, while bytes
/// go between the sockets and the engine on the broker's socket loops. Needs epoll; elsewhere Kestrel's own transport serves.
/// </summary>
internal sealed class SocketListenerFactory(BrokerOptions options, TimeProvider time) : IConnectionListenerFactory, IConnectionListenerFactorySelector, IDisposable
{
    /// <summary>Connections that may wait to be accepted; a workshop's students press the button at the same time.</summary>
    private const int Backlog = 4_096;

    private readonly Lock _gate = new();
    private SocketLoop[] _loops = [];
    private uint _next;

    public bool CanBind(EndPoint endpoint) => endpoint is MqttEndPoint && OperatingSystem.IsLinux();

    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (endpoint is IPEndPoint { Address: var address } && address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endpoint);
            socket.Listen(Backlog);
        }
        catch (SocketException exception) when (exception.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            socket.Dispose();
            throw new AddressInUseException(exception.Message, exception);
        }

        StartLoops();
        return ValueTask.FromResult<IConnectionListener>(new SocketListener(socket, this));
    }

    /// <summary>The loop that serves the next connection.</summary>
    public SocketLoop NextLoop() => _loops[Interlocked.Increment(ref _next) % (uint)_loops.Length];

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var loop in _loops)
            {
                loop.Dispose();
            }

            _loops = [];
        }
    }

    private void StartLoops()
    {
        lock (_gate)
        {
            if (_loops.Length == 0)
            {
                _loops = [.. Enumerable.Range(1, options.SocketThreads).Select(number => new SocketLoop(number, time))];
            }
        }
    }
}
