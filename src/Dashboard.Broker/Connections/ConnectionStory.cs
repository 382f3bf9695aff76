using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>Tells in sentences how connections begin and end.</summary>
internal static class ConnectionStory
{
    public static void TellConnected(ClientConnection connection, ConnectionServices services)
    {
        var keepAlive = connection.KeepAlive == 0 ? "no keep alive" : $"keep alive {connection.KeepAlive} s";
        Tell(connection, services, ClientEventKind.Connected, ReasonCode.Success, $"Connected over {connection.Transport.Name} with MQTT {Words(connection.Version)}, {keepAlive}");
    }

    /// <summary>Tells why a connection ended, whoever ended it.</summary>
    public static void Tell(ClientConnection connection, ConnectionServices services)
    {
        if (connection.CloseReason is { } reason)
        {
            TellClosed(connection, services, reason.Reason, reason.Message);
        }
        else if (connection.Session is null)
        {
            services.Connections.CountRefused();
            Tell(connection, services, ClientEventKind.Refused, ReasonCode.UnspecifiedError, "Opened a connection and left without a CONNECT");
        }
        else
        {
            var message = connection.IsWillForgotten ? "Said goodbye" : "The network connection ended without a goodbye";
            Tell(connection, services, ClientEventKind.Disconnected, ReasonCode.Success, message);
        }
    }

    private static void TellClosed(ClientConnection connection, ConnectionServices services, ReasonCode reason, string cause)
    {
        if (connection.Session is null)
        {
            services.Connections.CountRefused();
            Tell(connection, services, ClientEventKind.Refused, reason, $"Refused: {cause}");
        }
        else
        {
            Tell(connection, services, reason == ReasonCode.SessionTakenOver ? ClientEventKind.TakenOver : ClientEventKind.Closed, reason, $"Closed: {cause}");
        }
    }

    private static void Tell(ClientConnection connection, ConnectionServices services, ClientEventKind kind, ReasonCode reason, string message) =>
        services.Observer.ClientEvent(new ClientEvent(services.Time.GetUtcNow(), kind, connection.ClientId, connection.Transport.RemoteAddress, reason, message) { Opening = connection.Opening });

    private static string Words(ProtocolVersion version) => version switch
    {
        ProtocolVersion.V310 => "3.1",
        ProtocolVersion.V311 => "3.1.1",
        _ => "5.0",
    };
}
