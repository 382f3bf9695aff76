using System.Net;
using System.Net.Sockets;

namespace Dashboard.Testing;

public static class FreePort
{
    /// <summary>
    /// Ports of 127.0.0.1 that nobody listens on, all different. Another program could take one before it is used; the
    /// system hands out each next one elsewhere, so that it does not happen in practice.
    /// </summary>
    public static int[] Find(int count)
    {
        var listeners = new TcpListener[count];
        for (var i = 0; i < count; i++)
        {
            listeners[i] = new TcpListener(IPAddress.Loopback, 0);
            listeners[i].Start();
        }

        var ports = Array.ConvertAll(listeners, listener => ((IPEndPoint)listener.LocalEndpoint).Port);
        Array.ForEach(listeners, listener => listener.Dispose());
        return ports;
    }

    /// <summary>Whether somebody accepts connections on a port of 127.0.0.1.</summary>
    public static async Task<bool> IsOpen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
