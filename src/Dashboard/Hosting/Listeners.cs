using System.Net;
using System.Net.Sockets;
using Dashboard.Broker;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting;

/// <summary>The three doors: the pages, MQTT over TCP, MQTT over WebSocket.</summary>
internal static class Listeners
{
    /// <summary>Bytes of the first line of a request: a client id, user name or topic of 65,535 bytes stands in the address of its page, each as three characters.</summary>
    private const int MaxRequestLine = 256 * 1024;

    public static void Listen(this KestrelServerOptions kestrel, DashboardOptions options, BrokerOptions broker)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
        Listen(kestrel, options.BindAddress, options.Port, _ => { });
        if (broker.TcpPort > 0)
        {
            kestrel.ListenMqtt(options.BindAddress, broker.TcpPort);
        }

        Listen(kestrel, options.BindAddress, broker.WebSocketPort, listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>On the WebSocket port every path speaks MQTT, as users of other brokers expect.</summary>
    public static void UseMqttPort(this WebApplication app, BrokerOptions broker)
    {
        app.MapWhen(
            context => broker.WebSocketPort != 0 && context.Connection.LocalPort == broker.WebSocketPort,
            port => port.UseRouting().UseEndpoints(endpoints => endpoints.MapMqtt("/{**path}")));
    }

    /// <summary>Finds ports that cannot be listened on before anything is started, so that they join the other mistakes.</summary>
    public static void CheckPorts(this SettingsReader settings, DashboardOptions options, BrokerOptions broker)
    {
        Check(settings, "Dashboard:Port", options.BindAddress, options.Port);
        Check(settings, "Broker:TcpPort", options.BindAddress, broker.TcpPort);
        Check(settings, "Broker:WebSocketPort", options.BindAddress, broker.WebSocketPort);
        if (options.Port == 0 && broker.TcpPort == 0 && broker.WebSocketPort == 0)
        {
            settings.Refuse("Dashboard:Port", "0", "Broker:TcpPort and Broker:WebSocketPort are 0 too, so nobody could reach the program; give at least one of them a port");
        }
    }

    private static void Check(SettingsReader settings, string name, IPAddress address, int port)
    {
        if (port is <= 0 or > IPEndPoint.MaxPort)
        {
            return;
        }

        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            socket.Listen();
        }
        catch (SocketException exception)
        {
            settings.Refuse(name, $"{port}", Reason(exception.SocketErrorCode, address));
        }
    }

    private static void Listen(KestrelServerOptions kestrel, IPAddress address, int port, Action<ListenOptions> configure)
    {
        if (port > 0)
        {
            kestrel.Listen(address, port, listen =>
            {
                configure(listen);
                StopDeadline.Hold(listen);
            });
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
