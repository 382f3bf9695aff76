namespace Dashboard.Features.Publish.Repeating;

/// <summary>Sends what is due, then sleeps until the next turn or a change.</summary>
internal sealed partial class RepeatingLoop(RepeatingPublishers publishers, TimeProvider time, ILogger<RepeatingLoop> log) : BackgroundService
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var changed = publishers.Changed; // taken before looking, so that no change is missed
            await WaitAsync(changed, Send(), stoppingToken);
        }

        publishers.KeepCounts();
    }

    private TimeSpan? Send()
    {
        try
        {
            return publishers.SendDue();
        }
        catch (Exception e)
        {
            LogFailure(log, e);
            return AfterFailure;
        }
    }

    private async Task WaitAsync(Task changed, TimeSpan? wait, CancellationToken stopping)
    {
        try
        {
            await changed.WaitAsync(wait is not { } until ? Timeout.InfiniteTimeSpan : until > TimeSpan.Zero ? until : TimeSpan.Zero, time, stopping);
        }
        catch (Exception e) when (e is TimeoutException or OperationCanceledException)
        {
            // The next turn has come, or the program ends.
        }
    }

    [LoggerMessage(403, LogLevel.Error, "A repeating publisher met a problem; all go on")]
    private static partial void LogFailure(ILogger log, Exception exception);
}
