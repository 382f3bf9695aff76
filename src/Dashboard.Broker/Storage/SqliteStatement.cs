using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Storage;

/// <summary>A statement that is prepared once and run many times; its parameters are <c>$0</c>, <c>$1</c> and so on.</summary>
internal sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;

    public SqliteStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
#pragma warning disable CA2100 // All texts are constants of this room.
        _command.CommandText = sql;
#pragma warning restore CA2100
        for (var i = 0; sql.Contains($"${i}", StringComparison.Ordinal); i++)
        {
            _command.Parameters.Add(new SqliteParameter { ParameterName = $"${i}" });
        }
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        _command.ExecuteNonQuery();
    }

    /// <summary>Runs and returns the first column of the rows that are not null.</summary>
    public List<long> RunReturning(params ReadOnlySpan<object?> values)
    {
        Bind(values);
        var found = new List<long>();
        using var reader = _command.ExecuteReader();
        while (reader.Read())
        {
            if (!reader.IsDBNull(0))
            {
                found.Add(reader.GetInt64(0));
            }
        }

        return found;
    }

    public void Dispose() => _command.Dispose();

    private void Bind(ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            _command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }
    }
}
