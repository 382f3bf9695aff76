using System.Buffers.Binary;
using Dashboard.Broker.Storage;
using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Monitoring.History;

/// <summary>The history in a small file of its own, beside the broker's. One thread at a time.</summary>
internal sealed class HistoryFile : IDisposable
{
    public const string Name = "history.db";

    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _save;
    private readonly SqliteStatement _forget;
    private readonly Dictionary<HistoryRange, long> _saved = [];

    public HistoryFile(string directory, DateTimeOffset now, out string? movedTo)
    {
        _connection = SqliteFile.Open(directory, Name, now, Prepare, out movedTo);
        _save = new SqliteStatement(_connection, "INSERT OR REPLACE INTO point (step, start, samples, figures) VALUES ($0, $1, $2, $3)");
        _forget = new SqliteStatement(_connection, "DELETE FROM point WHERE step = $0 AND start < $1");
    }

    /// <summary>Puts everything that is not too old into a history, once.</summary>
    public void Load(BrokerHistory history, DateTimeOffset now)
    {
        foreach (var range in HistoryRange.All)
        {
            var points = Read(range, (now - range.Length).ToUnixTimeSeconds(), now.ToUnixTimeSeconds());
            history.Restore(range, points);
            _saved[range] = points.Count == 0 ? 0 : points[^1].Start;
        }
    }

    /// <summary>Writes what is new since the last time, the growing step of each range too, and forgets what is too old.</summary>
    public void Save(BrokerHistory history, DateTimeOffset now)
    {
        SqliteSchema.Execute(_connection, "BEGIN");
        try
        {
            foreach (var range in HistoryRange.All)
            {
                Save(history, range, now);
            }

            SqliteSchema.Execute(_connection, "COMMIT");
            foreach (var range in HistoryRange.All)
            {
                _saved[range] = Math.Max(_saved.GetValueOrDefault(range), range.StepOf(now) - range.StepSeconds);
            }
        }
        catch
        {
            SqliteSchema.Execute(_connection, "ROLLBACK");
            throw;
        }
    }

    public void Dispose()
    {
        _save.Dispose();
        _forget.Dispose();
        _connection.Dispose();
    }

    private void Save(BrokerHistory history, HistoryRange range, DateTimeOffset now)
    {
        foreach (var point in history.Since(range, _saved.GetValueOrDefault(range)))
        {
            _save.Run(range.StepSeconds, point.Start, point.Samples, Pack(point.Values));
        }

        _forget.Run(range.StepSeconds, (now - range.Length).ToUnixTimeSeconds());
    }

    private static void Prepare(SqliteConnection connection) => SqliteSchema.Execute(
        connection,
        """
        PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 250;
        CREATE TABLE IF NOT EXISTS point (step INTEGER NOT NULL, start INTEGER NOT NULL, samples INTEGER NOT NULL, figures BLOB NOT NULL, PRIMARY KEY (step, start)) WITHOUT ROWID;
        """);

    private List<HistoryPoint> Read(HistoryRange range, long oldest, long newest)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT start, samples, figures FROM point WHERE step = $step AND start >= $oldest AND start <= $newest ORDER BY start";
        command.Parameters.AddWithValue("$step", range.StepSeconds);
        command.Parameters.AddWithValue("$oldest", oldest);
        command.Parameters.AddWithValue("$newest", newest);
        var points = new List<HistoryPoint>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            points.Add(new HistoryPoint(reader.GetInt64(0), reader.GetInt32(1), Unpack(reader.GetFieldValue<byte[]>(2))));
        }

        return points;
    }

    private static byte[] Pack(IReadOnlyList<double> values)
    {
        var bytes = new byte[values.Count * sizeof(double)];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)), values[i]);
        }

        return bytes;
    }

    private static double[] Unpack(byte[] bytes)
    {
        var values = new double[Math.Min(bytes.Length / sizeof(double), HistoryPoint.Figures)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i * sizeof(double)));
        }

        return values;
    }
}
