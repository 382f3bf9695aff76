using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Storage;

/// <summary>Opens a file; one that is damaged is moved aside, loudly, and a new one is begun.</summary>
internal static class SqliteFile
{
    private const int Busy = 5;
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    static SqliteFile() => SQLitePCL.Batteries_V2.Init();

    /// <exception cref="BrokerStartException">The file cannot be used and must not be moved: another program has it, or a later version wrote it.</exception>
    /// <param name="prepare">Sets the connection up and brings the file to the tables of this version.</param>
    /// <param name="movedTo">Where a damaged file went; null when all was well.</param>
    public static SqliteConnection Open(string directory, string name, DateTimeOffset now, Action<SqliteConnection> prepare, out string? movedTo)
    {
        Directory.CreateDirectory(directory);
        var path = Path.Combine(directory, name);
        movedTo = null;
        try
        {
            return OpenChecked(path, prepare);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Corrupt or NotADatabase)
        {
            movedTo = path + now.ToString("'.damaged-'yyyyMMdd'-'HHmmss", CultureInfo.InvariantCulture);
            foreach (var suffix in (string[])["", "-wal", "-shm"])
            {
                if (File.Exists(path + suffix))
                {
                    File.Move(path + suffix, movedTo + suffix);
                }
            }

            return OpenChecked(path, prepare);
        }
        catch (SqliteException exception)
        {
            var cause = exception.SqliteErrorCode == Busy ? "another program uses it; does the dashboard run already?" : exception.Message;
            throw new BrokerStartException($"{path} cannot be opened: {cause}", exception);
        }
        catch (InvalidDataException exception)
        {
            throw new BrokerStartException($"{path} cannot be used: {exception.Message}", exception);
        }
    }

    private static SqliteConnection OpenChecked(string path, Action<SqliteConnection> prepare)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            prepare(connection);
            Check(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void Check(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA quick_check(1)";
        if (command.ExecuteScalar() as string is not "ok" and var finding)
        {
            throw new SqliteException($"The file is damaged: {finding}", Corrupt);
        }
    }
}
