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
        var reasons = new ReasonCode[packet.Subscriptions.Count]; // [MQTT-3.8.4-6] [MQTT-3.8.4-5, 3.1.1]
        var replays = new List<RetainedReplay>();
        for (var i = 0; i < reasons.Length; i++)
        {
            // one after the other, as if each had its own packet [MQTT-3.8.4-5] [MQTT-3.8.4-4, 3.1.1]
            reasons[i] = Subscribe(new SessionSubscription(packet.Subscriptions[i], id), replays); // [MQTT-3.9.3-1]
        }

        // [MQTT-3.8.4-1] [MQTT-3.8.4-2] [MQTT-2.2.1-6] [MQTT-2.3.1-7, 3.1.1], without properties [MQTT-3.9.2-1] [MQTT-3.9.2-2] [MQTT-3.1.2-29]
        connection.SendPacket(output => PacketEncoder.Write(output, connection.Version, new SubAckPacket(packet.PacketId, reasons)), batch);
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
            reasons[i] = Unsubscribe(packet.Filters[i]); // [MQTT-3.11.3-1] [MQTT-3.10.4-6]
        }

        // [MQTT-3.10.4-4] [MQTT-3.10.4-5] [MQTT-2.2.1-6] [MQTT-2.3.1-7, 3.1.1], without properties [MQTT-3.11.2-1] [MQTT-3.11.2-2] [MQTT-3.1.2-29]
        connection.SendPacket(output => PacketEncoder.Write(output, connection.Version, new UnsubAckPacket(packet.PacketId, reasons)), batch);
    }

    private ReasonCode Subscribe(SessionSubscription subscription, List<RetainedReplay> replays)
    {
        var reason = services.Sessions.Book.Subscribe(connection.Session!, subscription, connection.LastReceived, replays, out var cause);
        return reason < ReasonCode.UnspecifiedError ? reason : Refuse(Short(subscription.Request.Filter), reason, cause!);
    }

    private ReasonCode Unsubscribe(string filter) =>
        services.Sessions.Book.Unsubscribe(connection.Session!, filter) ? ReasonCode.Success : ReasonCode.NoSubscriptionExisted; // [MQTT-3.11.3-2]

    private static string Short(string filter) => filter.Length > LongestTold ? filter[..LongestTold] + "…" : filter;

    private ReasonCode Refuse(string filter, ReasonCode reason, EventText cause)
    {
        services.Observer.ClientEvent(new ClientEvent(
            services.Time.GetUtcNow(), ClientEventKind.SubscribeRefused, connection.ClientId, connection.Transport.RemoteAddress, reason, new EventText(EventCode.SubscriptionRefused, filter, cause)));
        return reason;
    }
}
