using System.Collections.Concurrent;
using Dashboard.Broker.Retained;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Sessions;

/// <summary>
/// All sessions by client id, and everything that begins, hands over or ends one. One lock guards these changes; wills
/// are published and connections closed outside of it.
/// </summary>
internal sealed class SessionRegistry(
    BrokerOptions options,
    SubscriptionIndex subscriptions,
    RetainedMessages retained,
    IBrokerStore store,
    WillPublisher wills,
    LimitHits limits,
    IBrokerObserver observer,
    TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly PriorityQueue<Session, long> _due = new();
    private long _lastKey;
    private long _version;
    private int _connected;
    private int _maximumConnected;

    public SubscriptionBook Book { get; } = new(options, subscriptions, limits);

    /// <summary>Grows when a session begins or ends, so that a viewer knows whether it is about the same ones.</summary>
    public long Version => Interlocked.Read(ref _version);

    public int Count => _sessions.Count;

    public int Connected => Volatile.Read(ref _connected);

    /// <summary>The most clients that were connected at one time.</summary>
    public int MaximumConnected => Volatile.Read(ref _maximumConnected);

    public IEnumerable<Session> All => _sessions.Select(pair => pair.Value);

    public Session? Find(string clientId) => _sessions.GetValueOrDefault(clientId);

    /// <summary>
    /// Gives a new connection its session. A connection that used the client id before is told so and closed, without
    /// being waited for.
    /// </summary>
    /// <returns>Null when there are as many sessions as there may be.</returns>
    public Session? Open(IClientConnection connection, string clientId, ConnectPacket connect, uint expiryInterval, DeliveryBatch batch)
    {
        var will = default(WillMessage);
        IClientConnection? displaced;
        Session? session;
        lock (_gate)
        {
            var sessionPresent = false; // [MQTT-3.2.2-2] [MQTT-3.2.2-1, 3.1.1] [MQTT-3.2.2-3, 3.1.1]
            displaced = null;
            var now = Now();
            if (_sessions.TryGetValue(clientId, out session)) // [MQTT-3.1.3-2]
            {
                displaced = session.Connection;
                // One that was to end with its connection ends now, as the old connection does [MQTT-4.1.0-2].
                var sessionEnds = connect.CleanStart || session.Lifetime.ExpiryInterval == 0 || now >= session.Lifetime.ExpiresAt; // [MQTT-3.1.4-4] [MQTT-3.1.4-3, 3.1.1]
                will = WillOfDisplaced(session.Lifetime.Will, sessionEnds);
                if (sessionEnds)
                {
                    End(session, batch); // [MQTT-3.1.2-4] [MQTT-3.1.2-6, 3.1.1]
                    session = null;
                }
                else
                {
                    sessionPresent = true; // [MQTT-3.1.2-5] [MQTT-3.2.2-3] [MQTT-3.1.2-4, 3.1.1] [MQTT-3.2.2-2, 3.1.1]
                    Disconnected(session, now);
                }
            }

            if (session is null)
            {
                if (_sessions.Count >= options.MaxSessions)
                {
                    return null;
                }

                _sessions[clientId] = session = NewSession(clientId, ++_lastKey); // [MQTT-3.1.2-6] [MQTT-3.1.2-4, 3.1.1]
                Interlocked.Increment(ref _version);
            }

            Begin(session, connect, expiryInterval, now);
            connection.Accept(session, sessionPresent, batch); // before anything else is sent [MQTT-3.2.0-1]
            session.Outbound.Attach(connection, batch);
            session.Save();
        }

        if (displaced is not null)
        {
            displaced.Close(ReasonCode.SessionTakenOver, new EventText(EventCode.CauseTakenOver)); // [MQTT-3.1.4-3] [MQTT-3.1.4-2, 3.1.1]
        }

        if (will is not null)
        {
            wills.Publish(clientId, will);
        }

        return session;
    }

    /// <summary>A connection has ended. Does nothing when another one has taken over.</summary>
    /// <param name="expiryInterval">What DISCONNECT said, or null to leave it.</param>
    public void Close(Session session, IClientConnection connection, bool publishWill, uint? expiryInterval)
    {
        var will = default(WillMessage);
        var batch = new DeliveryBatch { Now = Now() };
        lock (_gate)
        {
            if (!ReferenceEquals(session.Connection, connection))
            {
                return;
            }

            var now = batch.Now;
            var lifetime = session.Lifetime;
            lifetime.ExpiryInterval = expiryInterval ?? lifetime.ExpiryInterval;
            Disconnected(session, now);
            if (!publishWill)
            {
                lifetime.Will = null; // [MQTT-3.1.2-10]
            }

            // The delay ends with the session at the latest [MQTT-3.1.3-9].
            var delay = Math.Min(lifetime.Will?.Properties?.WillDelayInterval ?? 0, lifetime.ExpiryInterval);
            if (lifetime.Will is not null && delay > 0)
            {
                lifetime.WillDueAt = now + (delay * 1000L);
            }
            else
            {
                will = lifetime.Will;
                lifetime.Will = null; // [MQTT-3.1.2-10]
            }

            if (lifetime.ExpiryInterval == 0)
            {
                End(session, batch);
            }
            else
            {
                // [MQTT-3.1.2-23] [MQTT-4.1.0-1, 3.1.1]
                lifetime.ExpiresAt = lifetime.ExpiryInterval == SessionLifetime.Forever ? SessionLifetime.Never : now + (lifetime.ExpiryInterval * 1000L);
                Schedule(session);
                session.Save();
            }
        }

        batch.Flush();
        if (will is not null) // [MQTT-3.1.2-12, 3.1.1]
        {
            wills.Publish(session.ClientId, will); // [MQTT-3.1.2-8] [MQTT-3.1.2-8, 3.1.1]
        }
    }

    /// <summary>
    /// Puts back the sessions of before a restart. One that was connected counts as cut off by the restart: its expiry and
    /// the delay of its will begin now.
    /// </summary>
    public void Restore(IEnumerable<RestoredSession> sessions)
    {
        lock (_gate)
        {
            var now = Now();
            foreach (var restored in sessions)
            {
                Restore(restored, now);
            }
        }
    }

    /// <summary>Ends a session at once, connected or not, without publishing its will.</summary>
    /// <returns>False when there is none for this client id.</returns>
    public bool Clear(string clientId)
    {
        IClientConnection? connection;
        var batch = new DeliveryBatch { Now = Now() };
        lock (_gate)
        {
            if (!_sessions.TryGetValue(clientId, out var session))
            {
                return false;
            }

            connection = session.Connection;
            End(session, batch);
        }

        batch.Flush();
        observer.ClientEvent(new ClientEvent(time.GetUtcNow(), ClientEventKind.SessionEnded, clientId, null, ReasonCode.Success, new EventText(EventCode.SessionCleared)));
        connection?.Close(ReasonCode.AdministrativeAction, new EventText(EventCode.CauseCleared));
        return true;
    }

    /// <summary>Publishes the wills and ends the sessions whose time has come; called once a second.</summary>
    public void EndDue()
    {
        var now = Now();
        var batch = new DeliveryBatch { Now = now };
        while (true)
        {
            Session? session;
            WillMessage? will;
            var ended = false;
            lock (_gate)
            {
                if (!_due.TryPeek(out session, out var due) || due > now)
                {
                    return;
                }

                _due.Dequeue();
                if (session.Lifetime.HasEnded || session.IsConnected || session.Lifetime.NextDue > now)
                {
                    continue; // It was rescheduled since.
                }

                will = session.Lifetime.Will;
                session.Lifetime.Will = null;
                session.Lifetime.WillDueAt = SessionLifetime.Never;
                if (session.Lifetime.ExpiresAt <= now)
                {
                    End(session, batch); // [MQTT-4.1.0-2]
                    ended = true;
                }
                else
                {
                    Schedule(session);
                    session.Save(); // without its will: a restart must not publish it again [MQTT-3.1.2-10]
                }
            }

            if (will is not null)
            {
                wills.Publish(session.ClientId, will); // after its delay, or with the session [MQTT-3.1.2-8]
            }

            if (ended)
            {
                batch.Flush();
                observer.ClientEvent(new ClientEvent(time.GetUtcNow(), ClientEventKind.SessionEnded, session.ClientId, null, ReasonCode.Success, new EventText(EventCode.SessionExpired)));
            }
        }
    }

    private void Begin(Session session, ConnectPacket connect, uint expiryInterval, long now)
    {
        var lifetime = session.Lifetime;
        lifetime.ExpiryInterval = expiryInterval;
        lifetime.ExpiresAt = SessionLifetime.Never; // [MQTT-4.1.0-1] [MQTT-4.1.0-2, 3.1.1]
        lifetime.WillDueAt = SessionLifetime.Never; // [MQTT-3.1.3-9]: a new connection in time cancels the delayed will.
        lifetime.Will = connect.Will; // [MQTT-3.1.2-7] [MQTT-3.1.2-8, 3.1.1]
        lifetime.LastConnect = connect with { Password = null };
        lifetime.LastConnectedAt = now;
        lifetime.DisconnectedAt = null;
        session.Keep(store.IsDurable && (session.IsKept || expiryInterval > 0));
        _connected++;
        _maximumConnected = Math.Max(_maximumConnected, _connected);
    }

    /// <summary>The will that a take-over sets free: its delay is cut short when the session ends, else it is cancelled by the new connection.</summary>
    private static WillMessage? WillOfDisplaced(WillMessage? will, bool sessionEnds) =>
        will?.Properties?.WillDelayInterval > 0 && !sessionEnds ? null : will;

    private void Disconnected(Session session, long now)
    {
        if (session.IsConnected)
        {
            _connected--;
        }

        session.Lifetime.DisconnectedAt = now;
        session.Outbound.Detach();
    }

    private Session NewSession(string clientId, long key) => new(clientId, options, retained, new SessionJournal(store, key), limits, observer, time);

    private void Restore(RestoredSession restored, long now)
    {
        var stored = restored.Session;
        _lastKey = Math.Max(_lastKey, stored.Key);
        var session = NewSession(stored.ClientId, stored.Key);
        var lifetime = session.Lifetime;
        lifetime.ExpiryInterval = stored.ExpiryInterval;
        lifetime.LastConnect = new ConnectPacket { ClientId = stored.ClientId, Version = stored.Version, CleanStart = false };
        lifetime.LastConnectedAt = stored.LastConnectedAt;
        lifetime.DisconnectedAt = stored.IsConnected ? now : stored.DisconnectedAt;
        lifetime.Will = stored.Will;
        lifetime.ExpiresAt = !stored.IsConnected || stored.ExpiryInterval == SessionLifetime.Forever ? stored.ExpiresAt : now + (stored.ExpiryInterval * 1000L);
        lifetime.WillDueAt = stored.IsConnected && stored.Will is not null ? now + ((stored.Will.Properties?.WillDelayInterval ?? 0) * 1000L) : stored.WillDueAt;
        _sessions[stored.ClientId] = session;
        Interlocked.Increment(ref _version);
        var replays = new List<RetainedReplay>();
        foreach (var (request, id, replayAfter) in restored.Subscriptions)
        {
            var subscription = new Subscription(session, request.QoS, request.NoLocal, request.RetainAsPublished, id is { } one ? [one] : null);
            subscriptions.Add(request.Filter, subscription);
            if (replayAfter is not null)
            {
                replays.Add(RetainedReplay.Restored(request.Filter, subscription, replayAfter));
            }
        }

        session.Restore(restored, replays);
        Schedule(session);
    }

    private void End(Session session, DeliveryBatch batch)
    {
        if (session.IsConnected)
        {
            _connected--;
        }

        session.Lifetime.HasEnded = true;
        session.Lifetime.Will = null;
        _sessions.TryRemove(session.ClientId, out _);
        Interlocked.Increment(ref _version);
        foreach (var subscription in session.Subscriptions())
        {
            subscriptions.Remove(subscription.Request.Filter, session);
        }

        SharedMessages.PassOn(session.Discard(), subscriptions, batch);
        session.Forget(); // after they are written down elsewhere: a crash in between must not lose them
    }

    private void Schedule(Session session)
    {
        if (session.Lifetime.NextDue != SessionLifetime.Never)
        {
            _due.Enqueue(session, session.Lifetime.NextDue);
        }
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
