using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dashboard.Broker.Monitoring.History;

/// <summary>
/// Brings the history back at the start, and writes it once a minute and at the stop. The broker never waits for it: when
/// the file cannot be used the history lives in memory, and the log says so once.
/// </summary>
internal sealed partial class HistoryKeeper(BrokerHistory history, BrokerOptions options, TimeProvider time, ILogger<HistoryKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);

    private HistoryFile? _file;
    private bool _hasFailed;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Storage == StorageKind.Sqlite)
        {
            Open();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_file is null)
        {
            return;
        }

        using var timer = new PeriodicTimer(SaveEvery, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                Save(_file);
            }
        }
        catch (OperationCanceledException)
        {
            Save(_file);
        }
    }

    public override void Dispose()
    {
        _file?.Dispose();
        base.Dispose();
    }

    private void Open()
    {
        try
        {
            _file = new HistoryFile(options.DataDirectory, time.GetUtcNow(), out var movedTo);
            if (movedTo is not null)
            {
                LogDamaged(movedTo);
            }

            _file.Load(history, time.GetUtcNow());
        }
        catch (Exception exception) when (exception is BrokerStartException or SqliteException or IOException or UnauthorizedAccessException)
        {
            LogNotKept(exception.Message);
        }
    }

    private void Save(HistoryFile file)
    {
        try
        {
            file.Save(history, time.GetUtcNow());
            _hasFailed = false;
        }
        catch (SqliteException exception)
        {
            if (!_hasFailed)
            {
                LogNotSaved(exception.Message);
            }

            _hasFailed = true; // It tries again in a minute with all that is new since.
        }
    }

    [LoggerMessage(EventId = 301, Level = LogLevel.Warning, Message = "The history of the Overview was damaged. It was moved to {Path}; a new one is begun.")]
    private partial void LogDamaged(string path);

    [LoggerMessage(EventId = 302, Level = LogLevel.Warning, Message = "The history of the Overview does not survive a restart: {Cause}")]
    private partial void LogNotKept(string cause);

    [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "The history of the Overview cannot be written: {Cause}")]
    private partial void LogNotSaved(string cause);
}
