using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>Whether there is room for one more client. Before MQTT 5.0 each of these refusals is return code 3, server unavailable.</summary>
internal static class Admission
{
    /// <summary>Connections above a limit that are held until they can be told why; a flood beyond them is cut at once.</summary>
    private const int WaitingRoom = 256;

    /// <summary>Whether a new connection is one of so many that it is not even listened to.</summary>
    public static bool IsFlood(ClientConnection connection, ConnectionServices services) =>
        services.Connections.Count > services.Options.MaxConnections + WaitingRoom
        || (services.Options.MaxConnectionsPerAddress is > 0 and var max && services.Connections.CountOf(connection.Address) > max + WaitingRoom);

    /// <summary>Why a client cannot be let in now; null when it can.</summary>
    public static Closing? Refusal(ClientConnection connection, ConnectionServices services)
    {
        var options = services.Options;
        if (services.Connections.Count > options.MaxConnections)
        {
            return Refuse(Limit.MaxConnections, ReasonCode.QuotaExceeded, new EventText(EventCode.CauseConnections, options.MaxConnections));
        }

        if (options.MaxConnectionsPerAddress > 0 && services.Connections.CountOf(connection.Address) > options.MaxConnectionsPerAddress)
        {
            return Refuse(Limit.MaxConnectionsPerAddress, ReasonCode.QuotaExceeded, new EventText(EventCode.CausePerAddress, options.MaxConnectionsPerAddress));
        }

        return services.Memory.IsFull ? Refuse(Limit.MaxMemory, ReasonCode.ServerBusy, new EventText(EventCode.CauseMemory)) : null;

        Closing Refuse(Limit limit, ReasonCode reason, EventText cause)
        {
            services.Limits.Count(limit, connection.ClientId, services.Time.GetUtcNow().ToUnixTimeMilliseconds());
            return new Closing(reason, cause);
        }
    }
}
