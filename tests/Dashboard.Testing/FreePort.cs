using System.Net;
using System.Net.Sockets;

namespace Dashboard.Testing;

public static class FreePort
{
    private static readonly HashSet<int> Found = [];

    /// <summary>
    /// Ports of 127.0.0.1 that nobody listens on, none given twice: two tests start their programs at the same time, and a
    /// port is nobody's until its program listens. Another process could still take one before it is used.
    /// </summary>
    public static int[] Find(int count)
    {
        var ports = new int[count];
        for (var i = 0; i < count; i++)
        {
            do
            {
                ports[i] = Free();
            }
            while (!IsNew(ports[i]));
        }

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

    private static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static bool IsNew(int port)
    {
        lock (Found)
        {
            return Found.Add(port);
        }
    }
}
