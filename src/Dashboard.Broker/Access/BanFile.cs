using System.Text.Json;

namespace Dashboard.Broker.Access;

/// <summary>The bans in the data directory: a small file that a person can read, written whole each time.</summary>
internal sealed class BanFile(string directory)
{
    public const string Name = "bans.json";

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    private readonly string _path = Path.Combine(directory, Name);

    /// <exception cref="BrokerStartException">It is there and cannot be read. Starting without it would let everybody in.</exception>
    public IReadOnlyList<Ban> Read()
    {
        if (!File.Exists(_path))
        {
            return [];
        }

        try
        {
            using var file = File.OpenRead(_path);
            return JsonSerializer.Deserialize<List<Ban>>(file, Format) ?? [];
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BrokerStartException($"{_path} cannot be read, and without it everybody who is banned could connect: {exception.Message} Mend it, or remove it to begin without bans.", exception);
        }
    }

    /// <returns>False when it could not be written; what was there stays.</returns>
    public bool TryWrite(IReadOnlyList<Ban> bans)
    {
        try
        {
            Directory.CreateDirectory(directory);
            using (var file = new FileStream(_path + ".new", FileMode.Create, FileAccess.Write))
            {
                JsonSerializer.Serialize(file, bans, Format);
                file.Flush(flushToDisk: true);
            }

            File.Move(_path + ".new", _path, overwrite: true);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
