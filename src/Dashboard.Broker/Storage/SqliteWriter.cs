using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Codec;
using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Storage;

/// <summary>
/// Writes a generation of changes in one transaction. A message that several sessions wait for is one row; it leaves with
/// the last delivery that needs it. Used by one thread only.
/// </summary>
internal sealed class SqliteWriter(SqliteConnection connection, long lastMessage) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollBack = new(connection, "ROLLBACK");
    private readonly SqliteStatement _setRetained = new(connection, "INSERT OR REPLACE INTO retained VALUES ($0, $1, $2, $3, $4, $5, $6)");
    private readonly SqliteStatement _removeRetained = new(connection, "DELETE FROM retained WHERE topic = $0");
    private readonly SqliteStatement _saveSession = new(connection, "INSERT OR REPLACE INTO session VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)");
    private readonly SqliteStatement _removeSession = new(connection, "DELETE FROM session WHERE key = $0");
    private readonly SqliteStatement _saveSubscription = new(connection, "INSERT INTO subscription (session, filter, options, id) VALUES ($0, $1, $2, $3) ON CONFLICT DO UPDATE SET options = $2, id = $3");
    private readonly SqliteStatement _removeSubscription = new(connection, "DELETE FROM subscription WHERE session = $0 AND filter = $1");
    private readonly SqliteStatement _removeSubscriptions = new(connection, "DELETE FROM subscription WHERE session = $0");
    private readonly SqliteStatement _setReplay = new(connection, "UPDATE subscription SET replay_after = $2 WHERE session = $0 AND filter = $1");
    private readonly SqliteStatement _addMessage = new(connection, "INSERT OR IGNORE INTO message VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)");
    private readonly SqliteStatement _removeMessage = new(connection, "DELETE FROM message WHERE key = $0 AND NOT EXISTS (SELECT 1 FROM delivery WHERE message = $0)");
    private readonly SqliteStatement _addDelivery = new(connection, "INSERT OR REPLACE INTO delivery VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)");
    private readonly SqliteStatement _updateDelivery = new(connection, "UPDATE delivery SET stage = $2, packet_id = $3 WHERE session = $0 AND sequence = $1");
    private readonly SqliteStatement _removeDelivery = new(connection, "DELETE FROM delivery WHERE session = $0 AND sequence = $1 RETURNING message");
    private readonly SqliteStatement _removeDeliveries = new(connection, "DELETE FROM delivery WHERE session = $0 RETURNING message");
    private readonly SqliteStatement _addReceived = new(connection, "INSERT OR IGNORE INTO received VALUES ($0, $1)");
    private readonly SqliteStatement _removeReceived = new(connection, "DELETE FROM received WHERE session = $0 AND packet_id = $1");
    private readonly SqliteStatement _removeAllReceived = new(connection, "DELETE FROM received WHERE session = $0");
    private readonly HashSet<long> _addedMessages = [];
    private long _lastMessage = lastMessage;

    /// <summary>Commits all changes or none.</summary>
    public void Commit(PendingChanges changes)
    {
        _addedMessages.Clear();
        _begin.Run();
        try
        {
            Write(changes);
            _commit.Run();
        }
        catch (SqliteException)
        {
            RollBack();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_begin, _commit, _rollBack, _setRetained, _removeRetained, _saveSession, _removeSession, _saveSubscription, _removeSubscription, _removeSubscriptions, _setReplay, _addMessage, _removeMessage, _addDelivery, _updateDelivery, _removeDelivery, _removeDeliveries, _addReceived, _removeReceived, _removeAllReceived])
        {
            statement.Dispose();
        }
    }

    private void Write(PendingChanges changes)
    {
        AddDeliveries(changes); // before any is removed, so that a message in use does not leave in between
        ChangeDeliveries(changes);
        WriteSubscriptions(changes);
        WriteReceived(changes);
        WriteRetained(changes);
        WriteSessions(changes); // last, since a removed session takes along what this generation added to it
    }

    private void RollBack()
    {
        try
        {
            _rollBack.Run();
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    private void AddDeliveries(PendingChanges changes)
    {
        foreach (var (change, delivery) in changes.Deliveries.Values)
        {
            if (change == DeliveryChange.Add)
            {
                long? message = delivery.Message is null ? null : AddMessage(delivery.Message);
                _addDelivery.Run(delivery.Session, delivery.Sequence, message, (int)delivery.QoS, delivery.Retain, Packing.Pack(delivery.SubscriptionIds), (int)delivery.Stage, (int)delivery.PacketId, delivery.Share);
            }
        }
    }

    private void ChangeDeliveries(PendingChanges changes)
    {
        foreach (var (change, delivery) in changes.Deliveries.Values)
        {
            if (change == DeliveryChange.Update)
            {
                _updateDelivery.Run(delivery.Session, delivery.Sequence, (int)delivery.Stage, (int)delivery.PacketId);
            }
            else if (change == DeliveryChange.Remove)
            {
                RemoveMessages(_removeDelivery.RunReturning(delivery.Session, delivery.Sequence));
            }
        }
    }

    private void WriteSubscriptions(PendingChanges changes)
    {
        foreach (var ((session, filter), subscription) in changes.Subscriptions)
        {
            if (subscription is var (request, id))
            {
                _saveSubscription.Run(session, filter, Packing.Pack(request), id);
            }
            else
            {
                _removeSubscription.Run(session, filter);
            }
        }

        foreach (var ((session, filter), after) in changes.Replays)
        {
            _setReplay.Run(session, filter, after);
        }
    }

    private void WriteReceived(PendingChanges changes)
    {
        foreach (var ((session, packetId), isReceived) in changes.Received)
        {
            (isReceived ? _addReceived : _removeReceived).Run(session, (int)packetId);
        }
    }

    private void WriteRetained(PendingChanges changes)
    {
        foreach (var (topic, message) in changes.Retained)
        {
            if (message is null)
            {
                _removeRetained.Run(topic);
            }
            else
            {
                _setRetained.Run(topic, (int)message.QoS, message.PublisherId, message.ReceivedAt, message.ExpiresAt, message.Properties.ToArray(), message.Payload.ToArray());
            }
        }
    }

    private void WriteSessions(PendingChanges changes)
    {
        foreach (var (key, session) in changes.Sessions)
        {
            if (session is not null)
            {
                Save(session);
                continue;
            }

            _removeSession.Run(key);
            _removeSubscriptions.Run(key);
            _removeAllReceived.Run(key);
            RemoveMessages(_removeDeliveries.RunReturning(key));
        }
    }

    private void Save(StoredSession session)
    {
        var will = session.Will;
        _saveSession.Run(
            session.Key, session.ClientId, (int)session.Version, session.ExpiryInterval, session.IsConnected, session.ExpiresAt, session.LastConnectedAt, session.DisconnectedAt,
            will?.Topic, will?.Payload, (int?)will?.QoS, will?.Retain, will?.Properties is null ? null : PublishPropertyCodec.Encode(will.Properties), will?.Properties?.WillDelayInterval, session.WillDueAt);
    }

    private long AddMessage(ApplicationMessage message)
    {
        if (message.StoreKey == 0)
        {
            message.StoreKey = ++_lastMessage;
        }

        // Its row may have left already with an earlier delivery, or with a transaction that failed.
        if (_addedMessages.Add(message.StoreKey))
        {
            _addMessage.Run(
                message.StoreKey, message.Topic.Name, (int)message.QoS, message.Retain, message.PublisherId, message.ReceivedAt, message.ExpiresAt, message.Properties.ToArray(), message.Payload.ToArray());
        }

        return message.StoreKey;
    }

    private void RemoveMessages(List<long> messages)
    {
        foreach (var message in messages)
        {
            _removeMessage.Run(message);
        }
    }
}
