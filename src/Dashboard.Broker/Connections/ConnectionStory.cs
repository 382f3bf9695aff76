using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>Tells in sentences how connections begin and end.</summary>
internal static class ConnectionStory
{
    public static void TellConnected(ClientConnection connection, ConnectionServices services)
    {
        var (transport, version) = (connection.Transport.Name, Words(connection.Version));
        var text = connection.KeepAlive == 0
            ? new EventText(EventCode.ConnectedNoKeepAlive, transport, version)
            : new EventText(EventCode.Connected, transport, version, connection.KeepAlive);
        Tell(connection, services, ClientEventKind.Connected, ReasonCode.Success, text);
    }

    /// <summary>Tells why a connection ended, whoever ended it.</summary>
    public static void Tell(ClientConnection connection, ConnectionServices services)
    {
        if (connection.CloseReason is { } reason)
        {
            TellClosed(connection, services, reason.Reason, reason.Cause);
        }
        else if (connection.Session is null)
        {
            services.Connections.CountRefused();
            var code = connection.HasBegun ? EventCode.ConnectCut : connection.PacketsReceived > 0 ? EventCode.ConnectUnanswered : EventCode.NoConnect;
            Tell(connection, services, ClientEventKind.Refused, ReasonCode.UnspecifiedError, new EventText(code));
        }
        else
        {
            var code = connection.IsWillForgotten ? EventCode.Goodbye : EventCode.NoGoodbye;
            Tell(connection, services, ClientEventKind.Disconnected, ReasonCode.Success, new EventText(code));
        }
    }

    private static void TellClosed(ClientConnection connection, ConnectionServices services, ReasonCode reason, EventText cause)
    {
        if (connection.Session is null)
        {
            services.Connections.CountRefused();
            Tell(connection, services, ClientEventKind.Refused, reason, new EventText(EventCode.RefusedBecause, cause));
        }
        else
        {
            Tell(connection, services, reason == ReasonCode.SessionTakenOver ? ClientEventKind.TakenOver : ClientEventKind.Closed, reason, new EventText(EventCode.ClosedBecause, cause));
        }
    }

    private static void Tell(ClientConnection connection, ConnectionServices services, ClientEventKind kind, ReasonCode reason, EventText text) =>
        services.Observer.ClientEvent(new ClientEvent(services.Time.GetUtcNow(), kind, connection.ClientId, connection.Transport.RemoteAddress, reason, text) { Opening = connection.Opening });

    private static string Words(ProtocolVersion version) => version switch
    {
        ProtocolVersion.V310 => "3.1",
        ProtocolVersion.V311 => "3.1.1",
        _ => "5.0",
    };
}
