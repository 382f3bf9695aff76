using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Dashboard.Hosting;

/// <summary>
/// A browser that does not answer, or sends half of a request, must not hold up the stop: SignalR would wait 5 s for it and
/// Kestrel 30 s. What is still open after <see cref="TimeToAnswer"/> is cut.
/// </summary>
internal sealed class StopDeadline : IDisposable
{
    private static readonly TimeSpan TimeToAnswer = TimeSpan.FromSeconds(2);

    /// <summary>When Kestrel cuts what is left, whatever it is.</summary>
    private static readonly TimeSpan TimeForAll = TimeSpan.FromSeconds(4);

    private readonly CancellationTokenSource _cut;
    private readonly RegisteredWaitHandle _stopping;

    public StopDeadline(IHostApplicationLifetime lifetime, TimeProvider time)
    {
        _cut = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);

        // Not as one of the token's callbacks: they run one after the other, and SignalR's is the one that waits.
        _stopping = ThreadPool.RegisterWaitForSingleObject(
            lifetime.ApplicationStopping.WaitHandle, (_, _) => _cut.CancelAfter(TimeToAnswer), null, Timeout.Infinite, executeOnlyOnce: true);
    }

    public static void AddTo(IServiceCollection services)
    {
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeForAll);
        services.AddSingleton<StopDeadline>();
    }

    /// <summary>Holds the connections of a listener to the deadline.</summary>
    public static void Hold(ListenOptions listen)
    {
        var deadline = listen.ApplicationServices.GetRequiredService<StopDeadline>();
        listen.Use(next => connection => deadline.RunAsync(connection, next));
    }

    public void Dispose()
    {
        _stopping.Unregister(null);
        _cut.Dispose();
    }

    private async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        await using var held = _cut.Token.Register(() => connection.Abort(new ConnectionAbortedException("The program stops.")));
        await next(connection);
    }
}
