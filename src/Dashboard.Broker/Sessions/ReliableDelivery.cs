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
internal sealed class ReliableDelivery : ICommitWaiter
{
    private readonly string _clientId;
    private readonly BrokerOptions _options;
    private readonly RetainedMessages _retained;
    private readonly SessionJournal _journal;
    private readonly LimitHits _limits;
    private readonly IBrokerObserver _observer;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private readonly RetainedReplays _replays;
    private readonly InflightDelivery _inflight;
    private readonly SessionQueue _queue;
    private volatile IClientConnection? _connection;
    private long _dropped;
    private bool _isDiscarded;

    public ReliableDelivery(string clientId, BrokerOptions options, RetainedMessages retained, SessionJournal journal, LimitHits limits, IBrokerObserver observer, TimeProvider time)
    {
        _clientId = clientId;
        _options = options;
        _retained = retained;
        _journal = journal;
        _limits = limits;
        _observer = observer;
        _time = time;
        _replays = new RetainedReplays(journal);
        _inflight = new InflightDelivery(journal, this);
        _queue = new SessionQueue(options);
    }

    /// <summary>The connection that serves the session now; read without the lock for QoS 0.</summary>
    public IClientConnection? Connection => _connection;

    public JourneyTeller Journeys => new(_observer, _clientId);

    /// <summary>Messages that were lost to a limit or expired while waiting.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Attaches a connection; sends again what the client has not acknowledged, then what waited [MQTT-4.4.0-1], also what came through a shared subscription [MQTT-4.8.2-4].</summary>
    public void Attach(IClientConnection connection, DeliveryBatch batch)
    {
        lock (_gate)
        {
            _connection = connection;
            _inflight.BeginResend(connection, batch);
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
            var shared = _inflight.Window.NotDelivered().Concat(_queue.Messages).Where(message => message.Share is not null).ToList();
            shared.ForEach(message => message.Message.AddReference());
            _isDiscarded = true;
            _connection = null;
            _replays.Clear();
            Journeys.End(_inflight.Window, _queue);
            _inflight.Window.Clear();
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

    public void CountDropped(DropReason reason, int messages)
    {
        Interlocked.Add(ref _dropped, messages);
        _observer.MessagesDropped(reason, messages);
    }

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

    /// <summary>PUBACK or PUBCOMP, or one that refuses: the message is done with, and nobody else gets it [MQTT-4.4.0-2] [MQTT-4.8.2-6].</summary>
    public void Acknowledge(in AckView ack, DeliveryBatch batch)
    {
        lock (_gate)
        {
            if (_inflight.Window.Awaits(ack))
            {
                var message = _inflight.Window.MessageOf(ack.PacketId);
                _journal.Remove(message);
                Journeys.Acknowledged(message.Journey, ack);
                _inflight.Window.Remove(ack.PacketId);
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
            var state = _inflight.Window.StateOf(packetId);
            if (state == InflightState.AwaitingPubRec)
            {
                batch.Needs(_journal.Released(_inflight.Window.MessageOf(packetId), packetId)); // Else a restart could send the message itself again.
                Journeys.Step(_inflight.Window.MessageOf(packetId).Journey, JourneyStage.PubRec);
                _inflight.Window.AwaitPubComp(packetId);
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
            return look(_inflight.Window, _queue);
        }
    }

    /// <summary>Sends the messages that were held until now.</summary>
    public void Committed(long generation)
    {
        var batch = new DeliveryBatch { Now = _time.GetUtcNow().ToUnixTimeMilliseconds() };
        lock (_gate)
        {
            _inflight.Committed();
            if (_connection is { } connection)
            {
                _inflight.SendUnsent(connection, batch);
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
            if (connection is null || _queue.Count > 0 || !_inflight.CanSend(connection))
            {
                // Behind what waits [MQTT-4.6.0-5] [MQTT-4.6.0-6] [MQTT-4.6.0-5, 3.1.1] [MQTT-4.6.0-6, 3.1.1], or for the next connection [MQTT-3.1.2-5, 3.1.1].
                CountIfFull(connection, batch.Now);
                return _isDiscarded ? Delivery.Skipped : Enqueue(outbound, batch); // The first for who was looked up before it ended.
            }

            var head = publish.Head(connection.Version, qos, retain, subscription.Ids, out var packetIdOffset);
            if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
            {
                Journeys.Step(publish.Journey, JourneyStage.TooLarge);
                return Delivery.Skipped; // [MQTT-3.1.2-25]
            }

            _inflight.Send(connection, outbound, head, packetIdOffset, publish.Payload, batch);
            return Delivery.Sent;
        }
    }

    private void Restore(in StoredDelivery delivery)
    {
        _journal.ContinueAfter(delivery.Sequence);
        var message = new OutboundMessage(delivery.Message!, delivery.QoS, delivery.Retain, delivery.SubscriptionIds) { Sequence = delivery.Sequence, Share = delivery.Share };
        if (delivery.Stage == DeliveryStage.Queued)
        {
            _queue.Add(message);
            return;
        }

        message.Message?.AddReference();
        _inflight.Window.Restore(delivery.PacketId, delivery.Stage == DeliveryStage.Released ? InflightState.AwaitingPubComp : InflightWindow.FirstState(delivery.QoS), message);
    }

    /// <summary>The options are what a message waits for, not the client: counted once, until nothing waits any more.</summary>
    private void CountIfFull(IClientConnection? connection, long now)
    {
        if (_queue.Count == 0 && connection?.ReceiveMaximum == _options.MaxInflight && _inflight.Window.Count >= _options.MaxInflight)
        {
            _limits.Count(Limit.MaxInflight, _clientId, now);
        }
    }

    private Delivery Enqueue(in OutboundMessage message, DeliveryBatch batch)
    {
        while (_queue.IsFullFor(message.Message.Size))
        {
            if (_queue.Count > 0 && _queue.Oldest.Message.HasExpired(batch.Now))
            {
                LoseOldest(DropReason.Expired, JourneyStage.Expired); // [MQTT-3.3.2-5]
                continue;
            }

            _limits.Count(_queue.Count >= _options.MaxQueuedMessages ? Limit.MaxQueuedMessages : Limit.MaxQueuedBytes, _clientId, batch.Now);
            if (_options.QueueDropPolicy == QueueDropPolicy.Newest || _queue.Count == 0)
            {
                Journeys.Step(message.Journey, JourneyStage.QueueFull);
                CountDropped(DropReason.QueueFull, message.Share is null ? 1 : 0);
                return Delivery.Dropped;
            }

            LoseOldest(DropReason.QueueFull, JourneyStage.Displaced);
        }

        _queue.Add(_journal.Add(message, packetId: 0, out var generation));
        batch.Needs(generation);
        Journeys.Step(message.Journey, JourneyStage.Queued);
        return Delivery.Queued;
    }

    private void LoseOldest(DropReason reason, JourneyStage stage)
    {
        var oldest = _queue.Take();
        CountDropped(reason, messages: 1);
        Journeys.Step(oldest.Journey, stage);
        _journal.Remove(oldest);
        oldest.Message.Release();
    }

    private void Pump(DeliveryBatch batch)
    {
        var connection = _connection;
        if (connection is null)
        {
            return;
        }

        _inflight.SendUnsent(connection, batch);
        while (_queue.Count > 0 && _inflight.CanSend(connection))
        {
            SendWaiting(connection, _queue.Take(), batch);
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

    /// <summary>Sends retained messages as long as the connection takes them.</summary>
    /// <returns>True when the replay is complete.</returns>
    private bool TryReplay(IClientConnection connection, RetainedReplay replay, DeliveryBatch batch)
    {
        foreach (var message in _retained.Matching(replay.Filter, replay.After))
        {
            var subscription = replay.Subscription;
            var qos = message.QoS < subscription.QoS ? message.QoS : subscription.QoS;
            if (qos == QualityOfService.AtMostOnce ? !connection.HasRoom : !_inflight.CanSend(connection))
            {
                message.Release();
                return false;
            }

            replay.After = message.Topic.Name;
            message.CountReplay();
            var outbound = new OutboundMessage(message, qos, Retain: true, subscription.Ids); // [MQTT-3.3.1-8, 3.1.1]
            if (qos == QualityOfService.AtMostOnce)
            {
                DeliveryPackets.SendPublish(connection, packetId: 0, outbound, dup: false, batch);
                message.Release();
            }
            else
            {
                SendWaiting(connection, _journal.Add(outbound, packetId: 0, out _), batch);
            }
        }

        return true;
    }

    /// <summary>Sends a message that has waited; one that has expired meanwhile is counted.</summary>
    private void SendWaiting(IClientConnection connection, in OutboundMessage outbound, DeliveryBatch batch)
    {
        if (!_inflight.SendWaiting(connection, outbound, batch))
        {
            CountDropped(DropReason.Expired, messages: 1);
        }
    }
}
