using System.Globalization;
using System.Text.Json;
using Dashboard.Broker;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Shared.Deletions;

/// <summary>Retained messages that the dashboard does not delete, by a name and a topic filter.</summary>
public sealed record ProtectedFilter(string Name, string Filter);

/// <summary>
/// The filters that protect retained messages from deletions on the dashboard; clients are not bound by them. They are
/// kept in a file of the data folder. One that cannot be read is set aside, and everything is protected until somebody has
/// said that it may go on without it, over a restart too. Thread-safe.
/// </summary>
internal sealed partial class ProtectedTopics(BrokerOptions options, ILogger<ProtectedTopics> logger)
{
    public const string FileName = "protected.json";

    /// <summary>Where a file that cannot be read is put.</summary>
    public const string AsideName = "protected.unreadable.json";

    /// <summary>Each is matched with every topic that is to be deleted.</summary>
    public const int Max = 50;

    private readonly Lock _gate = new();
    private IReadOnlyList<ProtectedFilter>? _all;
    private string? _unreadable;

    public IReadOnlyList<ProtectedFilter> All
    {
        get
        {
            lock (_gate)
            {
                _all ??= Load();
                return _unreadable is null ? _all : Everything;
            }
        }
    }

    /// <summary>Where the unreadable list of filters is, as long as it protects everything; null while all is well.</summary>
    public string? Unreadable
    {
        get
        {
            lock (_gate)
            {
                _all ??= Load();
                return _unreadable;
            }
        }
    }

    private static ProtectedFilter[] Everything => [new(Texts.Shared_ProtectionLostName, "#"), new(Texts.Shared_ProtectionLostName, "$SYS/#")];

    private string FilePath => Path.Combine(options.DataDirectory, FileName);

    private string AsidePath => Path.Combine(options.DataDirectory, AsideName);

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

    /// <summary>Somebody has seen that the list is lost: it begins anew, and the unreadable one stays beside it.</summary>
    /// <returns>What is wrong, in words; null when all is well.</returns>
    public string? GoOnWithout()
    {
        lock (_gate)
        {
            if (_unreadable is null)
            {
                return null;
            }

            try
            {
                if (File.Exists(AsidePath))
                {
                    File.Move(AsidePath, Path.Combine(options.DataDirectory, $"protected.seen-{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}.json"), overwrite: true);
                }

                _unreadable = null;
                _all = [];
                LogGoesOn(options.DataDirectory);
                return File.Exists(FilePath) ? Keep([]) : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return Texts.Shared_ProtectedNotKept.With(exception.Message);
            }
        }
    }

    private string? Keep(IReadOnlyList<ProtectedFilter> all)
    {
        if (_unreadable is not null)
        {
            return Texts.Shared_ProtectionLostFirst;
        }

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

    private ProtectedFilter[] Load()
    {
        try
        {
            if (File.Exists(AsidePath))
            {
                _unreadable = AsidePath; // found before, and nobody has said yet that it may go on
                LogUnreadable(AsidePath, "");
                return [];
            }

            return File.Exists(FilePath) ? JsonSerializer.Deserialize<ProtectedFilter[]>(File.ReadAllBytes(FilePath)) ?? [] : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            _unreadable = SetAside();
            LogUnreadable(_unreadable, exception.Message);
            return [];
        }
    }

    /// <summary>Where the file is afterwards: where it was, when it cannot be moved.</summary>
    private string SetAside()
    {
        try
        {
            File.Move(FilePath, AsidePath);
            return AsidePath;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return FilePath;
        }
    }

    [LoggerMessage(EventId = 411, Level = LogLevel.Error, Message = "The list of protected retained messages cannot be read ({Path}): until somebody confirms on the Retained page, nothing can be deleted on the dashboard. {Problem}")]
    private partial void LogUnreadable(string path, string problem);

    [LoggerMessage(EventId = 412, Level = LogLevel.Information, Message = "The list of protected retained messages in {Folder} begins anew, as confirmed on the Retained page")]
    private partial void LogGoesOn(string folder);
}
