using System.Buffers.Binary;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// What the broker keeps for a client id (section 4.1): subscriptions, what is in flight, what waits. It outlives its
/// connection as long as its expiry says. One lock guards the delivery state; the connection is read without it for QoS 0.
/// </summary>
internal sealed class Session : ISubscriber
{
    private readonly Lock _gate = new();
    private readonly BrokerOptions _options;
    private readonly RetainedMessages _retained;
    private readonly Dictionary<string, SessionSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly Queue<RetainedReplay> _replays = [];
    private readonly InflightWindow _inflight = new();
    private readonly ReceivedIdentifiers _received = new();
    private readonly SessionQueue _queue;
    private volatile IClientConnection? _connection;
    private long _dropped;

    public Session(string clientId, BrokerOptions options, RetainedMessages retained)
    {
        ClientId = clientId;
        _options = options;
        _retained = retained;
        _queue = new SessionQueue(options);
    }

    public string ClientId { get; }

    public IClientConnection? Connection => _connection;

    public bool IsConnected => _connection is not null;

    /// <summary>What changes only with a connection; guarded by the lock of <see cref="SessionRegistry"/>.</summary>
    public SessionLifetime Lifetime { get; } = new();

    /// <summary>Messages for this session that were lost to a limit or expired while waiting.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    public Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch)
    {
        if (subscription.NoLocal && ReferenceEquals(publish.Publisher, this))
        {
            return Delivery.Skipped; // [MQTT-3.8.3-3]
        }

        // [MQTT-3.8.4-8]: the lower of what was published and what was granted.
        var qos = publish.QoS < subscription.QoS ? publish.QoS : subscription.QoS;
        var retain = publish.Retain && subscription.RetainAsPublished; // [MQTT-3.3.1-12] [MQTT-3.3.1-13]
        if (qos != QualityOfService.AtMostOnce)
        {
            return DeliverReliably(ref publish, qos, retain, subscription.Ids, batch);
        }

        var connection = _connection;
        if (connection is null)
        {
            return Delivery.Skipped;
        }

        var head = publish.Head(connection.Version, qos, retain, subscription.Ids, out _);
        if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
        {
            return Delivery.Skipped; // [MQTT-3.1.2-25]
        }

        if (connection.TrySend(head, publish.Payload, batch))
        {
            return Delivery.Sent;
        }

        Interlocked.Increment(ref _dropped);
        return Delivery.Dropped;
    }

    /// <summary>Attaches a connection; sends again what the client has not acknowledged, then what waited [MQTT-4.4.0-1].</summary>
    public void Attach(IClientConnection connection, DeliveryBatch batch)
    {
        lock (_gate)
        {
            _connection = connection;
            foreach (var (packetId, state, message) in _inflight.InOrder())
            {
                if (state == InflightState.AwaitingPubComp)
                {
                    SendPubRel(connection, packetId, batch);
                }
                else
                {
                    SendPublish(connection, packetId, message, dup: true, batch); // [MQTT-3.3.1-1]
                }
            }

            Pump(batch);
        }
    }

    public void Detach()
    {
        lock (_gate)
        {
            _connection = null;
            _replays.Clear();
        }
    }

    /// <summary>Gives up everything that the session holds.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            _connection = null;
            _replays.Clear();
            _inflight.Clear();
            _queue.Clear();
            _received.Clear();
            _subscriptions.Clear();
        }
    }

    /// <summary>Remembers a subscription and returns the one it replaced.</summary>
    /// <returns>False when the session has as many as it may have.</returns>
    public bool TrySetSubscription(SessionSubscription subscription, out SessionSubscription? replaced)
    {
        lock (_gate)
        {
            if (!_subscriptions.TryGetValue(subscription.Request.Filter, out replaced) && _subscriptions.Count >= _options.MaxSubscriptionsPerSession)
            {
                return false;
            }

            _subscriptions[subscription.Request.Filter] = subscription;
            return true;
        }
    }

    public bool RemoveSubscription(string filter)
    {
        lock (_gate)
        {
            return _subscriptions.Remove(filter);
        }
    }

    /// <summary>Starts to send the retained messages that match a new subscription.</summary>
    public void Replay(RetainedReplay replay, DeliveryBatch batch)
    {
        lock (_gate)
        {
            _replays.Enqueue(replay);
            Pump(batch);
        }
    }

    /// <summary>Goes on with what waits; called when the connection has room again.</summary>
    public void Continue(DeliveryBatch batch)
    {
        lock (_gate)
        {
            Pump(batch);
        }
    }

    /// <summary>Notes a QoS 2 packet identifier that came in.</summary>
    public ReceivedOutcome Receive(ushort packetId)
    {
        lock (_gate)
        {
            return _received.Add(packetId, _options.ReceiveMaximum);
        }
    }

    /// <summary>PUBREL: the identifier is free again.</summary>
    /// <returns>False when it was not in use.</returns>
    public bool Release(ushort packetId)
    {
        lock (_gate)
        {
            return _received.Remove(packetId);
        }
    }

    /// <summary>PUBACK or PUBCOMP, or a PUBREC that refuses: the message is done with.</summary>
    public void Acknowledge(in AckView ack, DeliveryBatch batch)
    {
        lock (_gate)
        {
            var expected = ack.Type switch
            {
                PacketType.PubAck => InflightState.AwaitingPubAck,
                PacketType.PubRec => InflightState.AwaitingPubRec,
                _ => InflightState.AwaitingPubComp,
            };
            if (_inflight.StateOf(ack.PacketId) == expected)
            {
                _inflight.Remove(ack.PacketId);
                Pump(batch);
            }
        }
    }

    /// <summary>PUBREC: from now on only PUBREL is sent [MQTT-4.3.3-4].</summary>
    /// <returns>False when no message waits for it.</returns>
    public bool AwaitPubComp(ushort packetId)
    {
        lock (_gate)
        {
            switch (_inflight.StateOf(packetId))
            {
                case InflightState.AwaitingPubRec:
                    _inflight.AwaitPubComp(packetId);
                    return true;
                case InflightState.AwaitingPubComp:
                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>How much is in flight and waits.</summary>
    public (int Inflight, int Queued, long QueuedBytes) Depth()
    {
        lock (_gate)
        {
            return (_inflight.Count, _queue.Count, _queue.Bytes);
        }
    }

    /// <summary>The state as it is now, for whoever watches.</summary>
    public SessionSnapshot Snapshot()
    {
        lock (_gate)
        {
            return new SessionSnapshot([.. _subscriptions.Values], _inflight.Count, _queue.Count, _queue.Bytes, Dropped);
        }
    }

    private Delivery DeliverReliably(ref OutgoingPublish publish, QualityOfService qos, bool retain, uint[]? ids, DeliveryBatch batch)
    {
        lock (_gate)
        {
            var connection = _connection;
            var outbound = new OutboundMessage(publish.Keep(), qos, retain, ids);
            if (connection is null || _queue.Count > 0 || !CanSend(connection))
            {
                return Enqueue(outbound);
            }

            var head = publish.Head(connection.Version, qos, retain, ids, out var packetIdOffset);
            if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
            {
                return Delivery.Skipped; // [MQTT-3.1.2-25]
            }

            outbound.Message.AddReference();
            var packetId = _inflight.Add(outbound);
            BinaryPrimitives.WriteUInt16BigEndian(head[packetIdOffset..], packetId);
            connection.Send(head, publish.Payload, batch);
            return Delivery.Sent;
        }
    }

    private Delivery Enqueue(in OutboundMessage message)
    {
        var added = _queue.TryAdd(message, out var dropped);
        Interlocked.Add(ref _dropped, dropped);
        return added ? Delivery.Queued : Delivery.Dropped;
    }

    private bool CanSend(IClientConnection connection) =>
        _inflight.Count < connection.ReceiveMaximum && _inflight.HasIdentifier && connection.HasRoom; // [MQTT-3.3.4-9]

    private void Pump(DeliveryBatch batch)
    {
        var connection = _connection;
        if (connection is null)
        {
            return;
        }

        while (_queue.Count > 0 && CanSend(connection))
        {
            SendReliably(connection, _queue.Take(), batch);
        }

        while (_replays.Count > 0 && _queue.Count == 0)
        {
            if (!TryReplay(connection, _replays.Peek(), batch))
            {
                return;
            }

            _replays.Dequeue();
        }
    }

    /// <summary>Sends retained messages as long as the connection takes them.</summary>
    /// <returns>True when the replay is complete.</returns>
    private bool TryReplay(IClientConnection connection, RetainedReplay replay, DeliveryBatch batch)
    {
        foreach (var message in _retained.Matching(replay.Filter, replay.After))
        {
            var subscription = replay.Subscription;
            var qos = message.QoS < subscription.QoS ? message.QoS : subscription.QoS;
            if (qos == QualityOfService.AtMostOnce ? !connection.HasRoom : !CanSend(connection))
            {
                message.Release();
                return false;
            }

            replay.After = message.Topic.Name;
            var outbound = new OutboundMessage(message, qos, Retain: true, subscription.Ids); // [MQTT-3.3.1-8]
            if (qos == QualityOfService.AtMostOnce)
            {
                SendPublish(connection, packetId: 0, outbound, dup: false, batch);
                message.Release();
            }
            else
            {
                SendReliably(connection, outbound, batch);
            }
        }

        return true;
    }

    private void SendReliably(IClientConnection connection, in OutboundMessage outbound, DeliveryBatch batch)
    {
        if (outbound.Message.HasExpired(batch.Now))
        {
            outbound.Message.Release();
            Interlocked.Increment(ref _dropped); // [MQTT-3.3.2-5]
            return;
        }

        var packetId = _inflight.Add(outbound);
        if (!SendPublish(connection, packetId, outbound, dup: false, batch))
        {
            _inflight.Remove(packetId);
        }
    }

    private static bool SendPublish(IClientConnection connection, ushort packetId, in OutboundMessage outbound, bool dup, DeliveryBatch batch)
    {
        var message = outbound.Message;
        var properties = message.PropertiesAt(batch.Now);
        batch.Encodings.Clear();
        var head = outbound.SubscriptionIds is null || connection.Version != ProtocolVersion.V500
            ? batch.Encodings.Get(connection.Version, message.Topic.Utf8, outbound.QoS, outbound.Retain, properties, message.Payload.Length, out var packetIdOffset)
            : batch.Encodings.GetWithIds(message.Topic.Utf8, outbound.QoS, outbound.Retain, outbound.SubscriptionIds, properties, message.Payload.Length, out packetIdOffset);
        if (head.Length + message.Payload.Length > connection.MaximumPacketSize)
        {
            return false; // [MQTT-3.1.2-25]
        }

        if (packetIdOffset >= 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[packetIdOffset..], packetId);
        }

        if (dup)
        {
            head[0] |= 0x08;
        }

        connection.Send(head, message.Payload, batch);
        return true;
    }

    private static void SendPubRel(IClientConnection connection, ushort packetId, DeliveryBatch batch)
    {
        Span<byte> packet = stackalloc byte[AckWriter.MaxLength];
        var length = AckWriter.Write(packet, PacketType.PubRel, packetId, ReasonCode.Success, connection.Version);
        connection.Send(packet[..length], default, batch);
    }
}
