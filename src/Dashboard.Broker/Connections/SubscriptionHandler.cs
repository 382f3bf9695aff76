using System.Text;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Connections;

/// <summary>SUBSCRIBE and UNSUBSCRIBE (sections 3.8 to 3.11).</summary>
internal sealed class SubscriptionHandler(ClientConnection connection, ConnectionServices services)
{
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
        var request = subscription.Request;
        if (TopicFilter.Check(request.Filter) is { } error)
        {
            return Refuse(request.Filter, ReasonCode.TopicFilterInvalid, error.Message);
        }

        if (request.Filter.AsSpan().Count('/') >= services.Options.MaxTopicLevels)
        {
            Count(Limit.MaxTopicLevels);
            return Refuse(request.Filter, ReasonCode.TopicFilterInvalid, $"it has more than {services.Options.MaxTopicLevels} levels");
        }

        if (Encoding.UTF8.GetByteCount(request.Filter) > services.Options.MaxTopicLength)
        {
            Count(Limit.MaxTopicLength);
            return Refuse(request.Filter[..Math.Min(request.Filter.Length, 32)] + "…", ReasonCode.TopicFilterInvalid, $"it has more than {services.Options.MaxTopicLength:N0} bytes");
        }

        var session = connection.Session!;
        if (!session.TrySetSubscription(subscription, out var replaced))
        {
            Count(Limit.MaxSubscriptionsPerSession);
            return Refuse(request.Filter, ReasonCode.QuotaExceeded, $"the session has {services.Options.MaxSubscriptionsPerSession:N0} subscriptions, which is all it may have");
        }

        var entry = new Subscription(session, request.QoS, request.NoLocal, request.RetainAsPublished, subscription.Id is { } id ? [id] : null);
        services.Subscriptions.Add(request.Filter, entry);
        if (session.Lifetime.HasEnded)
        {
            // The session was ended from elsewhere in this very moment and must leave nothing behind.
            services.Subscriptions.Remove(request.Filter, session);
        }

        if (request.RetainHandling == RetainHandling.DoNotSend)
        {
            session.Outbound.CancelReplay(request.Filter); // [MQTT-3.3.1-11]
        }

        var wantsRetained = request.RetainHandling == RetainHandling.SendAtSubscribe
            || (request.RetainHandling == RetainHandling.SendAtSubscribeIfNew && replaced is null); // [MQTT-3.3.1-9] [MQTT-3.3.1-10] [MQTT-3.3.1-11]
        if (wantsRetained && !TopicFilter.IsShared(request.Filter))
        {
            replays.Add(new RetainedReplay(request.Filter, entry));
        }

        return (ReasonCode)request.QoS;
    }

    private ReasonCode Unsubscribe(string filter)
    {
        connection.Session!.Outbound.CancelReplay(filter);
        if (!connection.Session.RemoveSubscription(filter))
        {
            return ReasonCode.NoSubscriptionExisted;
        }

        services.Subscriptions.Remove(filter, connection.Session);
        return ReasonCode.Success;
    }

    private void Count(Limit limit) => services.Limits.Count(limit, connection.ClientId, connection.LastReceived);

    private ReasonCode Refuse(string filter, ReasonCode reason, string cause)
    {
        services.Observer.ClientEvent(new ClientEvent(
            services.Time.GetUtcNow(), ClientEventKind.SubscribeRefused, connection.ClientId, connection.Transport.RemoteAddress, reason, $"The subscription to {filter} was refused: {cause}"));
        return reason;
    }
}
