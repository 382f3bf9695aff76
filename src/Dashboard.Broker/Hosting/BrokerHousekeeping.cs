using Dashboard.Broker.Messages;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Broker.Hosting;

/// <summary>What is due by the clock, once a second: silent connections, sessions and wills, and now and then what has expired.</summary>
internal sealed class BrokerHousekeeping(MqttBroker broker, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int SweepEverySeconds = 10;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // At once and before Kestrel waits for its connections, so that MQTT 5 clients are told why.
        await using var stopping = lifetime.ApplicationStopping.Register(broker.Connections.CloseAll);
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), broker.Time);
        for (var second = 1; await NextAsync(timer, stoppingToken).ConfigureAwait(false); second++)
        {
            broker.Connections.CloseSilent(broker.Time.GetUtcNow().ToUnixTimeMilliseconds());
            broker.Sessions.EndDue();
            broker.Memory.Measure(Environment.WorkingSet);
            if (second % SweepEverySeconds == 0)
            {
                Sweep();
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Sweep()
    {
        broker.RetainedStore.RemoveExpired();
        foreach (Topic topic in broker.Topics.Sweep())
        {
            broker.Limits.Count(Limit.MaxTopics, client: null, broker.Time.GetUtcNow().ToUnixTimeMilliseconds());
            broker.Observer.TopicForgotten(topic);
        }
    }
}
