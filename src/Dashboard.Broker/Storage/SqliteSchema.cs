using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Storage;

/// <summary>The tables, and how a file of an older version becomes one of this version.</summary>
internal static class SqliteSchema
{
    /// <summary>Kept in the file as <c>user_version</c>. Each step brings a file from the version before to the next.</summary>
    private static readonly string[] Steps =
    [
        """
        CREATE TABLE session (
            key INTEGER PRIMARY KEY, client_id TEXT NOT NULL, version INTEGER NOT NULL, expiry_interval INTEGER NOT NULL,
            is_connected INTEGER NOT NULL, expires_at INTEGER NOT NULL, last_connected_at INTEGER NOT NULL, disconnected_at INTEGER NOT NULL,
            will_topic TEXT, will_payload BLOB, will_qos INTEGER, will_retain INTEGER, will_properties BLOB, will_delay INTEGER, will_due_at INTEGER NOT NULL);
        CREATE TABLE subscription (
            session INTEGER NOT NULL, filter TEXT NOT NULL, options INTEGER NOT NULL, id INTEGER,
            PRIMARY KEY (session, filter)) WITHOUT ROWID;
        CREATE TABLE message (
            key INTEGER PRIMARY KEY, topic TEXT NOT NULL, qos INTEGER NOT NULL, retain INTEGER NOT NULL, publisher TEXT,
            received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, properties BLOB, payload BLOB);
        CREATE TABLE delivery (
            session INTEGER NOT NULL, sequence INTEGER NOT NULL, message INTEGER, qos INTEGER NOT NULL, retain INTEGER NOT NULL,
            subscription_ids BLOB, stage INTEGER NOT NULL, packet_id INTEGER NOT NULL,
            PRIMARY KEY (session, sequence)) WITHOUT ROWID;
        CREATE INDEX delivery_message ON delivery (message);
        CREATE TABLE received (session INTEGER NOT NULL, packet_id INTEGER NOT NULL, PRIMARY KEY (session, packet_id)) WITHOUT ROWID;
        CREATE TABLE retained (
            topic TEXT PRIMARY KEY, qos INTEGER NOT NULL, publisher TEXT, received_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
            properties BLOB, payload BLOB);
        """,
        """
        ALTER TABLE subscription ADD COLUMN replay_after TEXT;
        ALTER TABLE delivery ADD COLUMN share TEXT;
        """,
    ];

    public const string FileName = "broker.db";

    public static int Version => Steps.Length;

    /// <summary>Sets a new connection up and brings its file to this version.</summary>
    public static void Prepare(SqliteConnection connection)
    {
        Execute(connection, "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16000; PRAGMA wal_autocheckpoint = 4000;");
        Migrate(connection);
    }

    /// <summary>Brings an open file to this version.</summary>
    /// <exception cref="InvalidDataException">The file is of a later version of the program.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        var version = Convert.ToInt32(Scalar(connection, "PRAGMA user_version"), System.Globalization.CultureInfo.InvariantCulture);
        if (version > Version)
        {
            throw new InvalidDataException($"it was written by a later version of this program (format {version}; this program knows up to {Version})");
        }

        for (; version < Version; version++)
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, Steps[version] + $"PRAGMA user_version = {version + 1};");
            transaction.Commit();
        }
    }

    public static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this room.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
