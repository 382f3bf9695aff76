using System.Text.Json;
using Dashboard.Broker;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Shared.Deletions;

/// <summary>Retained messages that the dashboard does not delete, by a name and a topic filter.</summary>
public sealed record ProtectedFilter(string Name, string Filter);

/// <summary>
/// The filters that protect retained messages from deletions on the dashboard; clients are not bound by them. They are
/// kept in a file of the data folder. Thread-safe.
/// </summary>
internal sealed class ProtectedTopics(BrokerOptions options)
{
    public const string FileName = "protected.json";

    /// <summary>Each is matched with every topic that is to be deleted.</summary>
    public const int Max = 50;

    private readonly Lock _gate = new();
    private IReadOnlyList<ProtectedFilter>? _all;

    public IReadOnlyList<ProtectedFilter> All
    {
        get
        {
            lock (_gate)
            {
                return _all ??= Load();
            }
        }
    }

    private string FilePath => Path.Combine(options.DataDirectory, FileName);

    /// <summary>What protects a topic; null when nothing does.</summary>
    public ProtectedFilter? Of(string topic) => All.FirstOrDefault(one => TopicFilter.Matches(one.Filter, topic));

    /// <summary>Adds a filter, or gives one that is there another name.</summary>
    /// <returns>What is wrong, in words; null when it is kept.</returns>
    public string? Add(string name, string filter)
    {
        if (FilterProblem.InWords(filter) is { } problem)
        {
            return problem;
        }

        lock (_gate)
        {
            var others = All.Where(one => one.Filter != filter).ToArray();
            return others.Length >= Max
                ? Texts.Shared_ProtectedTooMany.With(Max)
                : Keep([.. others, new ProtectedFilter(string.IsNullOrWhiteSpace(name) ? filter : name.Trim(), filter)]);
        }
    }

    /// <returns>What is wrong, in words; null when all is well.</returns>
    public string? Remove(string filter)
    {
        lock (_gate)
        {
            return Keep([.. All.Where(one => one.Filter != filter)]);
        }
    }

    private string? Keep(IReadOnlyList<ProtectedFilter> all)
    {
        try
        {
            Directory.CreateDirectory(options.DataDirectory);
            var next = FilePath + ".new";
            File.WriteAllBytes(next, JsonSerializer.SerializeToUtf8Bytes(all));
            File.Move(next, FilePath, overwrite: true);
            _all = all;
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Texts.Shared_ProtectedNotKept.With(exception.Message);
        }
    }

    /// <summary>A file that cannot be read protects nothing but is not overwritten by reading.</summary>
    private ProtectedFilter[] Load()
    {
        try
        {
            return File.Exists(FilePath) ? JsonSerializer.Deserialize<ProtectedFilter[]>(File.ReadAllBytes(FilePath)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return [];
        }
    }
}
