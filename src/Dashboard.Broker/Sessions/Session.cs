using Dashboard.Broker.Messages;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// What the broker keeps for a client id (section 4.1): subscriptions, what is in flight, what waits. It outlives its
/// connection as long as its expiry says.
/// </summary>
internal sealed class Session : ISubscriber, IDropCounter
{
    private readonly Lock _gate = new();
    private readonly BrokerOptions _options;
    private readonly Dictionary<string, SessionSubscription> _subscriptions = new(StringComparer.Ordinal);
    private readonly ReceivedIdentifiers _received = new();
    private readonly SessionJournal _journal;
    private readonly LimitHits _limits;

    public Session(string clientId, BrokerOptions options, RetainedMessages retained, SessionJournal journal, LimitHits limits, IBrokerObserver observer, TimeProvider time)
    {
        ClientId = clientId;
        _options = options;
        _journal = journal;
        _limits = limits;
        Outbound = new ReliableDelivery(clientId, options, retained, journal, limits, observer, time);
    }

    public string ClientId { get; }

    public IClientConnection? Connection => Outbound.Connection;

    public bool IsConnected => Connection is not null;

    /// <summary>What goes to the client at QoS 1 and 2, and retained messages.</summary>
    public ReliableDelivery Outbound { get; }

    /// <summary>What changes only with a connection; guarded by the lock of <see cref="SessionRegistry"/>.</summary>
    public SessionLifetime Lifetime { get; } = new();

    public Delivery Deliver(ref OutgoingPublish publish, in Subscription subscription, DeliveryBatch batch)
    {
        if ((subscription.NoLocal || subscription.Own is not null) && publish.PublisherId == ClientId)
        {
            return subscription.Own is { } own ? Deliver(ref publish, own.Subscription, batch) : Skip(publish, subscription, JourneyStage.NoLocal); // [MQTT-3.8.3-3]
        }

        Outbound.Journeys.Match(publish, subscription);

        // [MQTT-3.8.4-8] [MQTT-3.8.4-6, 3.1.1]: the lower of what was published and what was granted.
        var qos = publish.QoS < subscription.QoS ? publish.QoS : subscription.QoS;
        var retain = publish.Retain && subscription.RetainAsPublished; // [MQTT-3.3.1-12] [MQTT-3.3.1-13] [MQTT-3.3.1-9, 3.1.1]
        if (qos != QualityOfService.AtMostOnce)
        {
            return Outbound.Deliver(ref publish, qos, retain, subscription, batch);
        }

        var connection = Connection;
        if (connection is null)
        {
            Outbound.Journeys.Step(publish.Journey, JourneyStage.Offline);
            return Delivery.Skipped;
        }

        var head = publish.Head(connection.Version, qos, retain, subscription.Ids, out _);
        if (head.Length + publish.Payload.Length > connection.MaximumPacketSize)
        {
            Outbound.Journeys.Step(publish.Journey, JourneyStage.TooLarge);
            return Delivery.Skipped; // [MQTT-3.1.2-25]
        }

        if (connection.TrySend(head, publish.Payload, batch))
        {
            Outbound.Journeys.Step(publish.Journey, JourneyStage.Sent);
            return Delivery.Sent;
        }

        Outbound.Journeys.Step(publish.Journey, JourneyStage.OutboxFull);
        if (publish.GroupMembers == 0)
        {
            batch.CountDropped(this);
        }

        return Delivery.Dropped;
    }

    public void CountDropped(DropReason reason, DeliveryBatch batch)
    {
        if (reason == DropReason.SlowClient)
        {
            batch.CountDropped(this);
        }
        else
        {
            Outbound.CountDropped(reason, messages: 1);
        }
    }

    void IDropCounter.CountDropped(int messages, long now)
    {
        Outbound.CountDropped(DropReason.SlowClient, messages);
        _limits.Count(Limit.MaxOutboxBytes, ClientId, now, messages);
    }

    private Delivery Skip(in OutgoingPublish publish, in Subscription subscription, JourneyStage stage)
    {
        Outbound.Journeys.Match(publish, subscription);
        Outbound.Journeys.Step(publish.Journey, stage);
        return Delivery.Skipped;
    }

    /// <summary>Gives up everything that the session holds.</summary>
    /// <returns>What another member of a shared subscription may have instead, with the references.</returns>
    public IReadOnlyList<OutboundMessage> Discard()
    {
        lock (_gate)
        {
            _received.Clear();
            _subscriptions.Clear();
        }

        return Outbound.Discard();
    }

    /// <summary>Takes the session out of the store.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            _journal.Ended();
        }
    }

    /// <summary>Whether the session is written down.</summary>
    public bool IsKept => _journal.IsKept;

    /// <summary>Decides whether the session is written down from now on.</summary>
    public void Keep(bool isKept)
    {
        lock (_gate)
        {
            _journal.IsKept = isKept;
        }
    }

    /// <summary>Writes down the session itself, when it is kept.</summary>
    public void Save()
    {
        lock (_gate)
        {
            _journal.Save(ClientId, Lifetime, IsConnected);
        }
    }

    /// <summary>Takes back what the session held before a restart.</summary>
    public void Restore(RestoredSession restored, IReadOnlyList<RetainedReplay> replays)
    {
        lock (_gate)
        {
            _journal.IsKept = true;
            foreach (var (request, id, _) in restored.Subscriptions)
            {
                _subscriptions[request.Filter] = new SessionSubscription(request, id);
            }

            foreach (var packetId in restored.Received)
            {
                _received.Add(packetId, ushort.MaxValue);
            }
        }

        Outbound.Restore(restored.Deliveries, replays);
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
            _journal.Subscribed(subscription);
            return true;
        }
    }

    public bool RemoveSubscription(string filter)
    {
        lock (_gate)
        {
            _journal.Unsubscribed(filter);
            return _subscriptions.Remove(filter);
        }
    }

    /// <summary>Notes a QoS 2 packet identifier that came in.</summary>
    public ReceivedOutcome Receive(ushort packetId, DeliveryBatch batch)
    {
        lock (_gate)
        {
            var outcome = _received.Add(packetId, _options.ReceiveMaximum);
            if (outcome != ReceivedOutcome.TooMany)
            {
                // Also when it comes again: its first PUBREC may still wait for the commit, and so must this one.
                _journal.Received(packetId, isReceived: true, batch);
            }

            return outcome;
        }
    }

    /// <summary>Whether a QoS 2 message with this identifier has come in and is not released yet.</summary>
    public bool HasReceived(ushort packetId)
    {
        lock (_gate)
        {
            return _received.Contains(packetId);
        }
    }

    /// <summary>A QoS 2 message that came in has the number of a journey, for the end of its handshake.</summary>
    public void Follow(ushort packetId, long journey)
    {
        lock (_gate)
        {
            _received.Follow(packetId, journey);
        }
    }

    /// <summary>PUBREL: the identifier is free again.</summary>
    /// <returns>False when it was not in use.</returns>
    public bool Release(ushort packetId, DeliveryBatch batch, out long journey)
    {
        lock (_gate)
        {
            _journal.Received(packetId, isReceived: false, batch);
            return _received.Remove(packetId, out journey);
        }
    }

    /// <summary>How many subscriptions it has, how much is in flight and waits.</summary>
    public (int Subscriptions, int Inflight, int Queued, long QueuedBytes) Depth()
    {
        var (inflight, queued, queuedBytes) = Outbound.Depth();
        lock (_gate)
        {
            return (_subscriptions.Count, inflight, queued, queuedBytes);
        }
    }

    /// <summary>The subscriptions as they are now, in no particular order.</summary>
    public IReadOnlyList<SessionSubscription> Subscriptions()
    {
        lock (_gate)
        {
            return [.. _subscriptions.Values];
        }
    }
}
