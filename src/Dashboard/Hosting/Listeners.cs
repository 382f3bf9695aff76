using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting;

internal static class Listeners
{
    public static void Listen(this KestrelServerOptions kestrel, DashboardOptions options)
    {
        kestrel.AddServerHeader = false;
        if (options.Port > 0)
        {
            kestrel.Listen(options.BindAddress, options.Port);
        }
    }

    /// <summary>
    /// Tries the address before anything starts: a port that is taken is then one more line in the list of mistakes, with
    /// the name of its setting, instead of a stack trace from the server.
    /// </summary>
    public static void Check(SettingsReader settings, string portName, IPAddress address, int port)
    {
        if (port == 0)
        {
            return;
        }

        try
        {
            using var probe = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            probe.Bind(new IPEndPoint(address, port));
            probe.Listen();
        }
        catch (SocketException e)
        {
            settings.Refuse(portName, $"{port}", Reason(e.SocketErrorCode, address));
        }
    }

    private static string Reason(SocketError error, IPAddress address) => error switch
    {
        SocketError.AddressAlreadyInUse => $"another program listens there on {address}; stop it, choose another port, or 0 to turn this listener off",
        SocketError.AccessDenied => "the system does not let this user listen below 1024; choose a higher port",
        SocketError.AddressNotAvailable => $"this machine does not have the address {address} (Broker:BindAddress)",
        _ => $"the system refuses to listen there on {address} ({error})",
    };
}
