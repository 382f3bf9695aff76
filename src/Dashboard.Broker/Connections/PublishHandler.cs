using System.Text.Unicode;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Sessions;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Connections;

/// <summary>PUBLISH from a client and the four acknowledgements, in both directions (sections 3.3 to 3.7, 4.3).</summary>
internal sealed class PublishHandler(ClientConnection connection, ConnectionServices services)
{
    private readonly DeferredAcks _acks = new(connection, services.Store, services.Observer);
    private readonly PublishRefusals _refusals = new(connection, services);

    public void HandlePublish(byte flags, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PublishView.TryRead(flags, body, connection.Version, out var view, out var error))
        {
            services.Connections.CountProtocolError();
            connection.Close(error);
            return;
        }

        batch.NeedsNothing();
        if (TopicOf(view) is not { } topic || !CanPromise(topic, view, batch))
        {
            return;
        }

        // Nothing else counts for the receive maximum [MQTT-3.3.4-8].
        if (view.QoS == QualityOfService.ExactlyOnce && !IsFirstTime(topic, view, batch))
        {
            return;
        }

        long journey;
        var reason = services.Access.Publish(topic);
        if (reason == ReasonCode.Success && view.Properties.PayloadFormatIsUtf8 && services.Options.CheckPayloadFormat && !Utf8.IsValid(view.Payload))
        {
            reason = ReasonCode.PayloadFormatInvalid;
        }

        if (reason == ReasonCode.Success)
        {
            reason = Dispatch(topic, view, batch, out journey);
        }
        else
        {
            journey = _refusals.Tell(topic, view, reason, batch);
            if (reason != ReasonCode.PayloadFormatInvalid && connection.Version != ProtocolVersion.V500 && services.Options.RefusedPublishPolicy == RefusedPublishPolicy.Disconnect)
            {
                _refusals.Close(topic, reason, journey); // [MQTT-3.3.5-2, 3.1.1]
                return;
            }
        }

        Acknowledge(view, reason, journey, batch); // also what was refused [MQTT-3.3.5-2, 3.1.1]
    }

    public void HandleAck(byte first, ReadOnlySpan<byte> body, DeliveryBatch batch)
    {
        if (!PacketDecoder.TryReadAck(first, body, connection.Version, out var ack, out var error))
        {
            services.Connections.CountProtocolError();
            connection.Close(error);
            return;
        }

        batch.NeedsNothing();
        var session = connection.Session!;
        switch (ack.Type)
        {
            case PacketType.PubRel:
                // [MQTT-4.3.3-11], whatever has become of the message [MQTT-4.3.3-13]; from now on the identifier is free [MQTT-4.3.3-12].
                var wasInUse = session.Release(ack.PacketId, batch, out var journey);
                _acks.Send(PacketType.PubComp, ack.PacketId, wasInUse ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound, journey, batch); // [MQTT-3.7.2-1]
                break;
            case PacketType.PubRec when ack.Reason < ReasonCode.UnspecifiedError:
                // [MQTT-4.3.3-4]
                var isKnown = session.Outbound.AwaitPubComp(ack.PacketId, batch);
                _acks.Send(PacketType.PubRel, ack.PacketId, isKnown ? ReasonCode.Success : ReasonCode.PacketIdentifierNotFound, journey: 0, batch); // [MQTT-3.6.2-1]
                break;
            default:
                session.Outbound.Acknowledge(ack, batch);
                break;
        }
    }

    private Topic? TopicOf(in PublishView view)
    {
        var alias = view.Properties.TopicAlias;
        if (alias == 0)
        {
            return services.Topics.Get(view.Topic);
        }

        if (alias > services.Options.TopicAliasMaximum)
        {
            // [MQTT-3.3.2-9]
            services.Limits.Count(Limit.TopicAliasMaximum, connection.ClientId, connection.LastReceived);
            connection.Close(ReasonCode.TopicAliasInvalid, new EventText(EventCode.CauseAliasRange, alias, services.Options.TopicAliasMaximum));
            return null;
        }

        var aliases = connection.TopicAliases ??= [];
        if (!view.Topic.IsEmpty)
        {
            return aliases[alias] = services.Topics.Get(view.Topic); // [MQTT-3.3.2-12] and section 3.3.2.3.4
        }

        if (!aliases.TryGetValue(alias, out var topic))
        {
            connection.Close(ReasonCode.ProtocolError, new EventText(EventCode.CauseAliasUnknown, alias));
            return null;
        }

        // A topic that the table has let go of no longer hears of new subscriptions.
        return topic.IsTracked ? topic : aliases[alias] = services.Topics.Get(topic.Utf8);
    }

    /// <summary>Exactly once: a packet identifier that is not released yet has been passed on already.</summary>
    private bool IsFirstTime(Topic topic, in PublishView view, DeliveryBatch batch)
    {
        switch (connection.Session!.Receive(view.PacketId, batch))
        {
            case ReceivedOutcome.New:
                return true;
            case ReceivedOutcome.Again:
                _acks.Send(PacketType.PubRec, view.PacketId, ReasonCode.Success, journey: 0, batch); // [MQTT-4.3.3-10]
                return false;
            default:
                // [MQTT-3.3.4-7]
                services.Limits.Count(Limit.ReceiveMaximum, connection.ClientId, batch.Now);
                var cause = new EventText(EventCode.CauseReceiveMaximum, services.Options.ReceiveMaximum);
                _refusals.Close(ReasonCode.ReceiveMaximumExceeded, cause, _refusals.Show(topic, view, ReasonCode.ReceiveMaximumExceeded, cause, batch));
                return false;
        }
    }

    private ReasonCode Dispatch(Topic topic, in PublishView view, DeliveryBatch batch, out long journey)
    {
        var publish = new OutgoingPublish(topic, view, connection.ClientId, batch.Now, batch.Encodings);
        var result = services.Dispatcher.Publish(ref publish, batch);
        journey = publish.Journey;
        if (result.RetainedStoreIsFull)
        {
            return ReasonCode.QuotaExceeded;
        }

        return result.Matched == 0 ? ReasonCode.NoMatchingSubscribers : ReasonCode.Success;
    }

    /// <summary>As the QoS asks [MQTT-3.3.4-1], with a reason that both PUBACK and PUBREC have [MQTT-3.4.2-1] [MQTT-3.5.2-1].</summary>
    private void Acknowledge(in PublishView view, ReasonCode reason, long journey, DeliveryBatch batch)
    {
        switch (view.QoS)
        {
            case QualityOfService.AtLeastOnce:
                _acks.Send(PacketType.PubAck, view.PacketId, reason, journey, batch); // [MQTT-4.3.2-4] [MQTT-4.3.2-2, 3.1.1]; nothing remembers the identifier [MQTT-4.3.2-5]
                break;
            case QualityOfService.ExactlyOnce:
                _acks.Send(PacketType.PubRec, view.PacketId, reason, journey, batch); // [MQTT-4.3.3-8] [MQTT-4.3.3-2, 3.1.1]
                if (reason >= ReasonCode.UnspecifiedError && connection.Version == ProtocolVersion.V500)
                {
                    connection.Session!.Release(view.PacketId, batch, out _); // [MQTT-4.3.3-9]
                }
                else if (journey != 0)
                {
                    connection.Session!.Follow(view.PacketId, journey);
                }

                break;
        }
    }

    /// <summary>While nothing can be stored, a message that has to be written down before it is acknowledged is not accepted.</summary>
    private bool CanPromise(Topic topic, in PublishView view, DeliveryBatch batch)
    {
        if (view.QoS == QualityOfService.AtMostOnce || services.Store.Failure is not { } failure || !NeedsStore(topic, view))
        {
            return true;
        }

        connection.PublishesRefused++;
        var cause = new EventText(EventCode.CauseStore, failure);
        var journey = _refusals.Show(topic, view, ReasonCode.QuotaExceeded, cause, batch);
        if (connection.Version == ProtocolVersion.V500)
        {
            Acknowledge(view, ReasonCode.QuotaExceeded, journey, batch);
        }
        else
        {
            // Before MQTT 5.0 there is no word for it; unacknowledged, the message stays with the client.
            _refusals.Close(ReasonCode.QuotaExceeded, cause, journey); // [MQTT-4.8.0-2, 3.1.1]
        }

        return false;
    }

    /// <summary>A session that is kept writes down what it received at QoS 2; what it has received already is only acknowledged again.</summary>
    private bool NeedsStore(Topic topic, in PublishView view)
    {
        var session = connection.Session!;
        var isExactlyOnce = view.QoS == QualityOfService.ExactlyOnce;
        return !(isExactlyOnce && session.HasReceived(view.PacketId)) && ((isExactlyOnce && session.IsKept) || services.Dispatcher.NeedsStore(topic, view.Retain));
    }
}
