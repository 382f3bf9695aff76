using System.Security.Cryptography;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>From CONNECT to CONNACK (section 3.1.4).</summary>
internal static class ConnectHandshake
{
    public static void Handle(ClientConnection connection, ConnectionServices services, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PacketDecoder.TryReadConnect(body, out var connect, out var error))
        {
            services.Connections.CountProtocolError();
            RefuseMalformed(connection, PacketDecoder.GuessVersion(body), error);
            return;
        }

        var options = services.Options;
        var clientId = connect.ClientId.Length > 0 ? connect.ClientId : NewClientId(); // [MQTT-3.1.3-6]
        var keepAlive = GrantedKeepAlive(connect, options);
        if (keepAlive != connect.KeepAlive)
        {
            services.Limits.Count(Limit.MaxKeepAlive, clientId, batch.Now);
        }

        connection.Identify(connect, clientId, keepAlive);
        var asked = connect.Properties?.AuthenticationMethod;
        var method = asked is null ? null : services.Methods.Find(asked);
        if (asked is not null && method is null)
        {
            connection.Refuse(connect.Version, new Closing(ReasonCode.BadAuthenticationMethod, UnknownMethod(services))); // [MQTT-4.12.0-1]
            return;
        }

        if (services.Access.Bans.Refuse(clientId, connect.UserName) is { } ban)
        {
            // [MQTT-3.1.3-8] [MQTT-3.1.4-2]; before MQTT 5.0 a client identifier that is rejected has its own word [MQTT-3.1.3-9, 3.1.1].
            var word = ban.Kind == BanKind.ClientId && connect.Version != ProtocolVersion.V500 ? ReasonCode.ClientIdentifierNotValid : ReasonCode.Banned;
            connection.Refuse(connect.Version, new Closing(ReasonCode.Banned, Because(ban)), word);
            return;
        }

        if (Admission.Refusal(connection, services) is { } refusal)
        {
            connection.Refuse(connect.Version, refusal); // [MQTT-3.1.4-2] [MQTT-4.8.0-2, 3.1.1]
            return;
        }

        if (method is null)
        {
            // no AUTH [MQTT-4.12.0-6]
            Finish(connection, services, connect, batch);
            return;
        }

        connection.Authentication = new EnhancedAuthentication(method, connect, connection, services);
        connection.Authentication.Begin(batch);
    }

    /// <summary>Lets a client in that nobody objects to any more.</summary>
    public static void Finish(ClientConnection connection, ConnectionServices services, ConnectPacket connect, DeliveryBatch batch)
    {
        var options = services.Options;
        if (!connection.TryFitAnswer())
        {
            connection.Refuse(connect.Version, new Closing(ReasonCode.PacketTooLarge, new EventText(EventCode.CauseNoConnAck, connection.MaximumPacketSize))); // [MQTT-3.1.2-24]
            return;
        }

        var expiry = LimitExpiry(AskedExpiry(connect), connection, services);
        if (services.Sessions.Open(connection, connection.ClientId!, connect, expiry, batch) is null)
        {
            services.Limits.Count(Limit.MaxSessions, connection.ClientId, batch.Now);
            connection.Refuse(connect.Version, new Closing(ReasonCode.QuotaExceeded, new EventText(EventCode.CauseSessions, options.MaxSessions)));
            return;
        }

        ConnectionStory.TellConnected(connection, services);
    }

    private static EventText UnknownMethod(ConnectionServices services) =>
        new(services.Methods.IsEmpty ? EventCode.CauseNoAuth : EventCode.CauseUnknownMethod);

    /// <summary>What a ban says to the one it concerns.</summary>
    public static EventText Because(Ban ban) => (ban.Kind, HasReason: ban.Reason.Length > 0) switch
    {
        (BanKind.ClientId, true) => new EventText(EventCode.CauseBannedIdBecause, ban.Reason),
        (BanKind.ClientId, false) => new EventText(EventCode.CauseBannedId),
        (BanKind.UserName, true) => new EventText(EventCode.CauseBannedUserBecause, ban.Reason),
        (BanKind.UserName, false) => new EventText(EventCode.CauseBannedUser),
        (_, true) => new EventText(EventCode.CauseBannedAddressBecause, ban.Reason),
        _ => new EventText(EventCode.CauseBannedAddress),
    };

    /// <summary>
    /// Closes [MQTT-3.1.4-1]; before MQTT 5.0 only a wrong version and a wrong client identifier have a word, and anything else
    /// is closed without [MQTT-3.1.4-1, 3.1.1] [MQTT-3.2.2-6, 3.1.1].
    /// </summary>
    private static void RefuseMalformed(ClientConnection connection, ProtocolVersion version, DecodeError error)
    {
        if (version == ProtocolVersion.V500 || error.Reason is ReasonCode.UnsupportedProtocolVersion or ReasonCode.ClientIdentifierNotValid)
        {
            connection.Refuse(version, error);
        }
        else
        {
            connection.Close(error);
        }
    }

    /// <summary>Before MQTT 5.0 a session that is not clean has no end [MQTT-3.1.2-4, 3.1.1]; the options may set one.</summary>
    private static uint AskedExpiry(ConnectPacket connect) => connect.Version == ProtocolVersion.V500
        ? connect.Properties?.SessionExpiryInterval ?? 0
        : connect.CleanStart ? 0 : SessionLifetime.Forever;

    /// <summary>What a client asks for, with CONNECT or DISCONNECT, as far as it may have it; in seconds.</summary>
    public static uint LimitExpiry(uint asked, ClientConnection connection, ConnectionServices services)
    {
        if (asked > services.Options.MaxSessionExpiry)
        {
            services.Limits.Count(Limit.MaxSessionExpiry, connection.ClientId, connection.LastReceived);
        }

        return Math.Min(asked, services.Options.MaxSessionExpiry);
    }

    /// <summary>The client's own [MQTT-3.2.2-22], unless the options replace it [MQTT-3.1.2-21].</summary>
    private static ushort GrantedKeepAlive(ConnectPacket connect, BrokerOptions options)
    {
        var isTooLong = connect.KeepAlive == 0 || connect.KeepAlive > options.MaxKeepAlive;
        return connect.Version == ProtocolVersion.V500 && options.MaxKeepAlive > 0 && isTooLong ? options.MaxKeepAlive : connect.KeepAlive;
    }

    /// <summary>Random enough that no session has it [MQTT-3.2.2-16].</summary>
    private static string NewClientId() => "auto-" + RandomNumberGenerator.GetHexString(16, lowercase: true);
}
