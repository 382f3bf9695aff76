using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Storage;

/// <summary>Reads back what was committed, once, at the start.</summary>
internal sealed class SqliteReader(SqliteConnection connection, TopicTable topics)
{
    private readonly Dictionary<long, RestoredSession> _sessions = [];
    private readonly Dictionary<long, ApplicationMessage> _messages = [];

    /// <summary>The highest key of a message that is in use.</summary>
    public long LastMessage { get; private set; }

    public StoredState Read()
    {
        ReadAll("SELECT * FROM session", ReadSession);
        ReadAll("SELECT session, filter, options, id, replay_after FROM subscription", row =>
        {
            if (_sessions.TryGetValue(row.GetInt64(0), out var session))
            {
                session.Subscriptions.Add(new RestoredSubscription(
                    Packing.Unpack(row.GetString(1), row.GetInt32(2)), row.IsDBNull(3) ? null : (uint)row.GetInt64(3), row.IsDBNull(4) ? null : row.GetString(4)));
            }
        });
        ReadAll("SELECT session, packet_id FROM received", row =>
        {
            if (_sessions.TryGetValue(row.GetInt64(0), out var session))
            {
                session.Received.Add((ushort)row.GetInt32(1));
            }
        });
        ReadAll("SELECT key, topic, qos, retain, publisher, received_at, expires_at, properties, payload FROM message", row =>
        {
            var key = row.GetInt64(0);
            LastMessage = Math.Max(LastMessage, key);
            _messages[key] = Message(row.GetString(1), row.GetInt32(2), row.GetBoolean(3), row, 4);
            _messages[key].StoreKey = key;
        });
        ReadAll("SELECT session, sequence, message, qos, retain, subscription_ids, stage, packet_id, share FROM delivery ORDER BY session, sequence", ReadDelivery);

        var retained = new List<ApplicationMessage>();
        ReadAll("SELECT topic, qos, publisher, received_at, expires_at, properties, payload FROM retained", row =>
            retained.Add(Message(row.GetString(0), row.GetInt32(1), true, row, 2)));
        return new StoredState(retained, _sessions.Values);
    }

    private void ReadSession(SqliteDataReader row)
    {
        var will = row.IsDBNull(8) ? null : new WillMessage(row.GetString(8), Bytes(row, 9) ?? [], (QualityOfService)row.GetInt32(10), row.GetBoolean(11), WillProperties(row));
        var session = new StoredSession(
            row.GetInt64(0), row.GetString(1), (ProtocolVersion)row.GetInt32(2), (uint)row.GetInt64(3), row.GetBoolean(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), will, row.GetInt64(14));
        _sessions[session.Key] = new RestoredSession(session);
    }

    private void ReadDelivery(SqliteDataReader row)
    {
        var stage = (DeliveryStage)row.GetInt32(6);
        var message = row.IsDBNull(2) ? null : _messages.GetValueOrDefault(row.GetInt64(2));
        if (_sessions.TryGetValue(row.GetInt64(0), out var session) && (message is not null || stage == DeliveryStage.Released))
        {
            session.Deliveries.Add(new StoredDelivery(
                row.GetInt64(0), row.GetInt64(1), message, (QualityOfService)row.GetInt32(3), row.GetBoolean(4), Packing.Unpack(Bytes(row, 5)), stage, (ushort)row.GetInt32(7), row.IsDBNull(8) ? null : row.GetString(8)));
        }
    }

    /// <summary>A message whose publisher, times and contents stand in the columns from <paramref name="at"/> on.</summary>
    private ApplicationMessage Message(string topic, int qos, bool retain, SqliteDataReader row, int at) => ApplicationMessage.Of(
        topics.Get(Encoding.UTF8.GetBytes(topic)),
        (QualityOfService)qos,
        retain,
        row.IsDBNull(at) ? null : row.GetString(at),
        row.GetInt64(at + 1),
        row.GetInt64(at + 2),
        Bytes(row, at + 3),
        Bytes(row, at + 4));

    private static Properties? WillProperties(SqliteDataReader row)
    {
        if (Bytes(row, 12) is not { } encoded)
        {
            return null;
        }

        var properties = PublishPropertyCodec.Decode(encoded);
        properties.WillDelayInterval = row.IsDBNull(13) ? null : (uint)row.GetInt64(13);
        return properties;
    }

    private static byte[]? Bytes(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    private void ReadAll(string sql, Action<SqliteDataReader> read)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this room.
        command.CommandText = sql;
#pragma warning restore CA2100
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            read(reader);
        }
    }
}
