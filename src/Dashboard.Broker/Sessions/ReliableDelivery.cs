using System.Buffers.Binary;
using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// QoS 1 and 2 towards one client (section 4.3), and retained messages at any QoS: what is in flight, what waits for its
/// turn, and in which order it goes out. One lock guards all of it.
/// </summary>
internal sealed class ReliableDelivery(string clientId, BrokerOptions options, RetainedMessages retained, SessionJournal journal, LimitHits limits, IBrokerObserver observer, TimeProvider time) : ICommitWaiter
{
    private readonly Lock _gate = new();
    private readonly Queue<RetainedReplay> _replays = [];
    private readonly InflightWindow _inflight = new();
    private readonly Queue<(ushort PacketId, long Generation)> _held = [];
    private readonly SessionQueue _queue = new(options);
    private volatile IClientConnection? _connection;
    private long _dropped;

    /// <summary>The connection that serves the session now; read without the lock for QoS 0.</summary>
    public IClientConnection? Connection => _connection;

    public JourneyTeller Journeys => new(observer, clientId);

    /// <summary>Messages that were lost to a limit or expired while waiting.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Attaches a connection; sends again what the client has not acknowledged, then what waited [MQTT-4.4.0-1].</summary>
    public void Attach(IClientConnection connection, DeliveryBatch batch)
    {
        lock (_gate)
        {
            _connection = connection;
            foreach (var (packetId, _, _) in _inflight.InOrder().Where(entry => entry.State == InflightState.AwaitingPubComp))
            {
                DeliveryPackets.SendPubRel(connection, packetId, batch); // never waits for the receive maximum [MQTT-3.3.4-10]
            }

            _inflight.BeginResend();
            foreach (var (packetId, _) in _held)
            {
                _inflight.SkipResend(packetId);
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

    /// <summary>Gives up everything.</summary>
    public void Discard()
    {
        lock (_gate)
        {
            _connection = null;
            _replays.Clear();
            Journeys.End(_inflight, _queue);
            _inflight.Clear();
            _held.Clear();
            _queue.Clear();
        }
    }

    /// <summary>Takes back what there was before a restart.</summary>
    public void Restore(IEnumerable<StoredDelivery> deliveries)
    {
        lock (_gate)
        {
            foreach (var delivery in deliveries)
            {
                Restore(delivery);
            }
        }
    }

    public void CountDropped() => Interlocked.Increment(ref _dropped);

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
                var message = _inflight.MessageOf(ack.PacketId);
                journal.Remove(message);
                Journeys.Acknowledged(message.Journey, ack);
                _inflight.Remove(ack.PacketId);
                Pump(batch);
            }
        }
    }

    /// <summary>PUBREC: from now on only PUBREL is sent [MQTT-4.3.3-4].</summary>
    /// <returns>False when no message waits for it.</returns>
    public bool AwaitPubComp(ushort packetId, DeliveryBatch batch)
    {
        lock (_gate)
        {
            switch (_inflight.StateOf(packetId))
            {
                case InflightState.AwaitingPubRec:
                    batch.Needs(journal.Released(_inflight.MessageOf(packetId), packetId)); // Else a restart could send the message itself again.
                    Journeys.Step(_inflight.MessageOf(packetId).Journey, JourneyStage.PubRec);
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

    /// <summary>Sends the QoS 2 messages that were held until now.</summary>
    public void Committed(long generation)
    {
        var batch = new DeliveryBatch { Now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        lock (_gate)
        {
            while (_held.TryPeek(out var first) && journal.IsCommitted(first.Generation))
            {
                _held.Dequeue();
                if (_connection is { } connection && _inflight.StateOf(first.PacketId) is InflightState.AwaitingPubAck or InflightState.AwaitingPubRec)
                {
                    SendInflight(connection, first.PacketId, _inflight.MessageOf(first.PacketId), dup: false, batch);
                }
            }

            if (_held.TryPeek(out var next))
            {
                journal.WhenCommitted(next.Generation, this);
            }
        }

        batch.Flush();
    }

    public Delivery Deliver(ref OutgoingPublish publish, QualityOfService qos, bool retain, uint[]? ids, DeliveryBatch batch)
    {
        lock (_gate)
        {
            var connection = _connection;
            var outbound = new OutboundMessage(publish.Keep(), qos, retain, ids) { Journey = publish.Journey };
            if (connection is null || _queue.Count > 0 || _inflight.Unsent > 0 || !CanSend(connection))
            {
                return Enqueue(outbound, batch);
            }

            var head = publish.Head(connection.Version, qos, retain, ids, out var packetIdOffset);
            if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
            {
                Journeys.Step(publish.Journey, JourneyStage.TooLarge);
                return Delivery.Skipped; // [MQTT-3.1.2-25]
            }

            outbound.Message.AddReference();
            var packetId = _inflight.NextId;
            _inflight.Add(journal.Add(outbound, packetId, out var generation));
            batch.Needs(generation);
            if (MustHold(qos, generation))
            {
                Hold(packetId, generation, publish.Journey);
                return Delivery.Sent;
            }

            BinaryPrimitives.WriteUInt16BigEndian(head[packetIdOffset..], packetId);
            connection.Send(head, publish.Payload, batch);
            Journeys.Step(publish.Journey, JourneyStage.Sent);
            return Delivery.Sent;
        }
    }

    /// <summary>
    /// Exactly once, also through a crash: a QoS 2 message goes out only when it is committed with its packet identifier.
    /// Otherwise it could go out, be forgotten, be sent again by its publisher, and go out under another identifier.
    /// </summary>
    private bool MustHold(QualityOfService qos, long generation) =>
        _held.Count > 0 || (qos == QualityOfService.ExactlyOnce && !journal.IsCommitted(generation));

    private void Hold(ushort packetId, long generation, long journey)
    {
        Journeys.Step(journey, JourneyStage.Held);
        _held.Enqueue((packetId, generation));
        if (_held.Count == 1)
        {
            journal.WhenCommitted(generation, this);
        }
    }

    private void Restore(in StoredDelivery delivery)
    {
        journal.ContinueAfter(delivery.Sequence);
        var message = new OutboundMessage(delivery.Message!, delivery.QoS, delivery.Retain, delivery.SubscriptionIds) { Sequence = delivery.Sequence };
        if (delivery.Stage == DeliveryStage.Queued)
        {
            _queue.Add(message);
            return;
        }

        message.Message?.AddReference();
        var unacknowledged = delivery.QoS == QualityOfService.AtLeastOnce ? InflightState.AwaitingPubAck : InflightState.AwaitingPubRec;
        _inflight.Restore(delivery.PacketId, delivery.Stage == DeliveryStage.Released ? InflightState.AwaitingPubComp : unacknowledged, message);
    }

    private Delivery Enqueue(in OutboundMessage message, DeliveryBatch batch)
    {
        while (_queue.IsFullFor(message.Message.Size))
        {
            Interlocked.Increment(ref _dropped);
            limits.Count(_queue.Count >= options.MaxQueuedMessages ? Limit.MaxQueuedMessages : Limit.MaxQueuedBytes, clientId, batch.Now);
            if (options.QueueDropPolicy == QueueDropPolicy.Newest || _queue.Count == 0)
            {
                Journeys.Step(message.Journey, JourneyStage.QueueFull);
                return Delivery.Dropped;
            }

            var oldest = _queue.Take();
            Journeys.Step(oldest.Journey, JourneyStage.Displaced);
            journal.Remove(oldest);
            oldest.Message.Release();
        }

        _queue.Add(journal.Add(message, packetId: 0, out var generation));
        batch.Needs(generation);
        Journeys.Step(message.Journey, JourneyStage.Queued);
        return Delivery.Queued;
    }

    private bool CanSend(IClientConnection connection) => HasQuota(connection) && _inflight.HasIdentifier;

    private bool HasQuota(IClientConnection connection) =>
        _inflight.Count - _inflight.Unsent < connection.ReceiveMaximum && connection.HasRoom; // [MQTT-3.3.4-9]

    private void Pump(DeliveryBatch batch)
    {
        var connection = _connection;
        if (connection is null)
        {
            return;
        }

        while (_inflight.Unsent > 0)
        {
            if (!HasQuota(connection) || !_inflight.TryTakeUnsent(out var packetId, out var message))
            {
                return;
            }

            SendInflight(connection, packetId, message, dup: true, batch); // [MQTT-3.3.1-1]
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
        foreach (var message in retained.Matching(replay.Filter, replay.After))
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
                DeliveryPackets.SendPublish(connection, packetId: 0, outbound, dup: false, batch);
                message.Release();
            }
            else
            {
                SendReliably(connection, journal.Add(outbound, packetId: 0, out _), batch);
            }
        }

        return true;
    }

    private void SendReliably(IClientConnection connection, in OutboundMessage outbound, DeliveryBatch batch)
    {
        if (outbound.Message.HasExpired(batch.Now))
        {
            journal.Remove(outbound);
            Journeys.Step(outbound.Journey, JourneyStage.Expired);
            outbound.Message.Release();
            Interlocked.Increment(ref _dropped); // [MQTT-3.3.2-5]
            return;
        }

        var packetId = _inflight.NextId;
        _inflight.Add(outbound);
        var generation = journal.Sent(outbound, packetId);
        if (MustHold(outbound.QoS, generation))
        {
            Hold(packetId, generation, outbound.Journey);
            return;
        }

        SendInflight(connection, packetId, outbound, dup: false, batch);
    }

    /// <summary>A message that is too large for the client counts as delivered [MQTT-3.1.2-25].</summary>
    private void SendInflight(IClientConnection connection, ushort packetId, in OutboundMessage outbound, bool dup, DeliveryBatch batch)
    {
        if (DeliveryPackets.SendPublish(connection, packetId, outbound, dup, batch))
        {
            Journeys.Step(outbound.Journey, dup ? JourneyStage.SentAgain : JourneyStage.Sent);
            return;
        }

        Journeys.Step(outbound.Journey, JourneyStage.TooLarge);
        journal.Remove(outbound);
        _inflight.Remove(packetId);
    }
}
