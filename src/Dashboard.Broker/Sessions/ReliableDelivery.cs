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
    private readonly RetainedReplays _replays = new(journal);
    private readonly InflightWindow _inflight = new();
    private readonly SessionQueue _queue = new(options);
    private volatile IClientConnection? _connection;
    private long _dropped;
    private bool _awaitsCommit;
    private bool _isDiscarded;

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
            Pump(batch);
        }
    }

    public void Detach()
    {
        lock (_gate)
        {
            _connection = null;
        }
    }

    /// <summary>Gives up everything, and takes nothing more.</summary>
    /// <returns>What another member of a shared subscription may have instead, in order, with a reference each (section 4.8.2).</returns>
    public IReadOnlyList<OutboundMessage> Discard()
    {
        lock (_gate)
        {
            var shared = _inflight.NotDelivered().Concat(_queue.Messages).Where(message => message.Share is not null).ToList();
            shared.ForEach(message => message.Message.AddReference());
            _isDiscarded = true;
            _connection = null;
            _replays.Clear();
            Journeys.End(_inflight, _queue);
            _inflight.Clear();
            _queue.Clear();
            return shared;
        }
    }

    /// <summary>Takes back what there was before a restart.</summary>
    public void Restore(IEnumerable<StoredDelivery> deliveries, IEnumerable<RetainedReplay> replays)
    {
        lock (_gate)
        {
            _replays.Restore(replays);
            foreach (var delivery in deliveries)
            {
                Restore(delivery);
            }
        }
    }

    public void CountDropped(int messages) => Interlocked.Add(ref _dropped, messages);

    /// <summary>Starts to send the retained messages that match a new subscription.</summary>
    public void Replay(RetainedReplay replay, DeliveryBatch batch)
    {
        lock (_gate)
        {
            _replays.Add(replay);
            Pump(batch);
            _replays.Save(replay);
        }
    }

    /// <summary>Sends no more of the retained messages for a filter [MQTT-3.10.4-2].</summary>
    public void CancelReplay(string filter)
    {
        lock (_gate)
        {
            _replays.Cancel(filter);
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
            if (_inflight.Awaits(ack))
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
            var state = _inflight.StateOf(packetId);
            if (state == InflightState.AwaitingPubRec)
            {
                batch.Needs(journal.Released(_inflight.MessageOf(packetId), packetId)); // Else a restart could send the message itself again.
                Journeys.Step(_inflight.MessageOf(packetId).Journey, JourneyStage.PubRec);
                _inflight.AwaitPubComp(packetId);
            }

            return state is InflightState.AwaitingPubRec or InflightState.AwaitingPubComp;
        }
    }

    public (int Inflight, int Queued, long QueuedBytes) Depth() => Look(static (inflight, queue) => (inflight.Count, queue.Count, queue.Bytes));

    /// <summary>Looks at what is in flight and what waits, under the lock.</summary>
    public T Look<T>(Func<InflightWindow, SessionQueue, T> look)
    {
        lock (_gate)
        {
            return look(_inflight, _queue);
        }
    }

    /// <summary>Sends the messages that were held until now.</summary>
    public void Committed(long generation)
    {
        var batch = new DeliveryBatch { Now = time.GetUtcNow().ToUnixTimeMilliseconds() };
        lock (_gate)
        {
            _awaitsCommit = false;
            if (_connection is { } connection)
            {
                SendUnsent(connection, batch);
            }
        }

        batch.Flush();
    }

    public Delivery Deliver(ref OutgoingPublish publish, QualityOfService qos, bool retain, in Subscription subscription, DeliveryBatch batch)
    {
        lock (_gate)
        {
            var connection = _connection;
            var outbound = new OutboundMessage(publish.Keep(), qos, retain, subscription.Ids) { Share = subscription.Share, Journey = publish.Journey };
            if (connection is null || _queue.Count > 0 || !CanSend(connection))
            {
                return _isDiscarded ? Delivery.Skipped : Enqueue(outbound, batch); // The first for who was looked up before it ended.
            }

            var head = publish.Head(connection.Version, qos, retain, subscription.Ids, out var packetIdOffset);
            if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
            {
                Journeys.Step(publish.Journey, JourneyStage.TooLarge);
                return Delivery.Skipped; // [MQTT-3.1.2-25]
            }

            outbound.Message.AddReference();
            var packetId = _inflight.NextId;
            outbound = journal.Add(outbound, packetId, out var generation);
            batch.Needs(generation);
            if (MustHold(qos, generation))
            {
                Hold(outbound, generation);
                return Delivery.Sent;
            }

            _inflight.Add(outbound);
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
        _inflight.Unsent > 0 || (qos == QualityOfService.ExactlyOnce && !journal.IsCommitted(generation));

    private void Hold(in OutboundMessage outbound, long generation)
    {
        Journeys.Step(outbound.Journey, JourneyStage.Held);
        var needed = outbound.QoS == QualityOfService.ExactlyOnce ? generation : 0;
        _inflight.Hold(outbound, needed);
        AwaitCommit(needed);
    }

    /// <summary>One call back is enough: it looks for the next to wait for.</summary>
    private void AwaitCommit(long generation)
    {
        if (!_awaitsCommit && !journal.IsCommitted(generation))
        {
            _awaitsCommit = true;
            journal.WhenCommitted(generation, this);
        }
    }

    private void Restore(in StoredDelivery delivery)
    {
        journal.ContinueAfter(delivery.Sequence);
        var message = new OutboundMessage(delivery.Message!, delivery.QoS, delivery.Retain, delivery.SubscriptionIds) { Sequence = delivery.Sequence, Share = delivery.Share };
        if (delivery.Stage == DeliveryStage.Queued)
        {
            _queue.Add(message);
            return;
        }

        message.Message?.AddReference();
        _inflight.Restore(delivery.PacketId, delivery.Stage == DeliveryStage.Released ? InflightState.AwaitingPubComp : InflightWindow.FirstState(delivery.QoS), message);
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

    /// <summary>Whether one more message may get an identifier: what is held counts as if it were sent.</summary>
    private bool CanSend(IClientConnection connection) =>
        _inflight.Count < connection.ReceiveMaximum && _inflight.HasIdentifier && connection.HasRoom; // [MQTT-3.3.4-9]

    private void Pump(DeliveryBatch batch)
    {
        var connection = _connection;
        if (connection is null)
        {
            return;
        }

        SendUnsent(connection, batch);
        while (_queue.Count > 0 && CanSend(connection))
        {
            SendReliably(connection, _queue.Take(), batch);
        }

        while (_queue.Count == 0 && _replays.Current is { } replay)
        {
            if (!TryReplay(connection, replay, batch))
            {
                _replays.Save(replay);
                return;
            }

            _replays.Complete();
        }
    }

    /// <summary>Sends what has an identifier already, in order; what is not committed yet holds back what follows.</summary>
    private void SendUnsent(IClientConnection connection, DeliveryBatch batch)
    {
        while (_inflight.TryPeekUnsent(out var generation))
        {
            if (!journal.IsCommitted(generation))
            {
                AwaitCommit(generation);
                return;
            }

            if (_inflight.Count - _inflight.Unsent >= connection.ReceiveMaximum || !connection.HasRoom)
            {
                return; // [MQTT-3.3.4-9]
            }

            _inflight.TryTakeUnsent(out var packetId, out var message, out var isAgain);
            SendInflight(connection, packetId, message, isAgain, batch); // [MQTT-3.3.1-1]
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
            message.CountReplay();
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
        var generation = journal.Sent(outbound, packetId);
        if (MustHold(outbound.QoS, generation))
        {
            Hold(outbound, generation);
            return;
        }

        _inflight.Add(outbound);
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
