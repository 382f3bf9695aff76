using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace Dashboard.Benchmarks.Rows;

/// <summary>One thread that writes messages into SQLite and deletes them in the next transaction, with the durability of the broker's store.</summary>
internal static class SqliteLoop
{
    /// <summary>What 50 publishers with 32 messages in flight can have in one transaction.</summary>
    private const int MessagesOfTransaction = 1600;

    public static double PerSecond(TimeSpan duration)
    {
        var directory = Directory.CreateTempSubdirectory("bench-sqlite-").FullName;
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "loop.db")};Pooling=False");
            connection.Open();
            Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE message (key INTEGER PRIMARY KEY, session TEXT, topic TEXT, payload BLOB)");
            return Loop(connection, duration);
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static double Loop(SqliteConnection connection, TimeSpan duration)
    {
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO message VALUES ($key, 'bench-subscriber', 'bench/l/1', zeroblob(64))";
        var insertKey = insert.Parameters.Add("$key", SqliteType.Integer);
        using var delete = connection.CreateCommand();
        delete.CommandText = "DELETE FROM message WHERE key = $key";
        var deleteKey = delete.Parameters.Add("$key", SqliteType.Integer);

        var key = 0L;
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = delete.Transaction = transaction;
            for (var i = 0; i < MessagesOfTransaction; i++, key++)
            {
                insertKey.Value = key;
                insert.ExecuteNonQuery();
                deleteKey.Value = key - MessagesOfTransaction;
                delete.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return key / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
