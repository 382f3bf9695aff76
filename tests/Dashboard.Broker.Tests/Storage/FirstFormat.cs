using Microsoft.Data.Sqlite;

namespace Dashboard.Broker.Tests.Storage;

/// <summary>Makes SQLite files by hand, such as one of the first release.</summary>
internal static class FirstFormat
{
    /// <summary>The tables of the first release with a little of everything in them.</summary>
    public static string Script => File.ReadAllText(Path.Combine(Repository.Root, "tests", "Dashboard.Broker.Tests", "Storage", "format-1.sql"));

    public static void Execute(string path, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The text is of a test.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
