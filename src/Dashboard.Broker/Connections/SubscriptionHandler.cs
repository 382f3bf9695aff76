using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (sections 3.8 to 3.11).</summary>
internal sealed class SubscriptionHandler(ClientConnection connection, ConnectionServices services)
{
    private const int LongestTold = 256;

    public void HandleSubscribe(byte flags, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PacketDecoder.TryReadSubscribe(flags, body, connection.Version, out var packet, out var error))
        {
            services.Connections.CountProtocolError();
            connection.Close(error);
            return;
        }

        var id = packet.Properties?.SubscriptionIdentifiers?[0];
        var reasons = new ReasonCode[packet.Subscriptions.Count];
        var replays = new List<RetainedReplay>();
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = Subscribe(new SessionSubscription(packet.Subscriptions[i], id), replays); // [MQTT-3.9.3-1]
        }

        connection.SendPacket(output => PacketEncoder.Write(output, connection.Version, new SubAckPacket(packet.PacketId, reasons)), batch); // [MQTT-3.8.4-1]
        foreach (var replay in replays)
        {
            connection.Session!.Outbound.Replay(replay, batch);
        }
    }

    public void HandleUnsubscribe(byte flags, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PacketDecoder.TryReadUnsubscribe(flags, body, connection.Version, out var packet, out var error))
        {
            services.Connections.CountProtocolError();
            connection.Close(error);
            return;
        }

        var reasons = new ReasonCode[packet.Filters.Count];
        for (var i = 0; i < reasons.Length; i++)
        {
            reasons[i] = Unsubscribe(packet.Filters[i]);
        }

        connection.SendPacket(output => PacketEncoder.Write(output, connection.Version, new UnsubAckPacket(packet.PacketId, reasons)), batch); // [MQTT-3.10.4-4]
    }

    private ReasonCode Subscribe(SessionSubscription subscription, List<RetainedReplay> replays)
    {
        var reason = services.Sessions.Book.Subscribe(connection.Session!, subscription, connection.LastReceived, replays, out var cause);
        return reason < ReasonCode.UnspecifiedError ? reason : Refuse(Short(subscription.Request.Filter), reason, cause!);
    }

    private ReasonCode Unsubscribe(string filter) =>
        services.Sessions.Book.Unsubscribe(connection.Session!, filter) ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted;

    private static string Short(string filter) => filter.Length > LongestTold ? filter[..LongestTold] + "…" : filter;

    private ReasonCode Refuse(string filter, ReasonCode reason, EventText cause)
    {
        services.Observer.ClientEvent(new ClientEvent(
            services.Time.GetUtcNow(), ClientEventKind.SubscribeRefused, connection.ClientId, connection.Transport.RemoteAddress, reason, new EventText(EventCode.SubscriptionRefused, filter, cause)));
        return reason;
    }
}
