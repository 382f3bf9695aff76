using Microsoft.Extensions.Hosting;

namespace Dashboard.Broker.Monitoring;

/// <summary>Samples the figures once a second.</summary>
internal sealed class StatisticsRecorder(BrokerStatistics statistics, ClientDirectory clients, PacketTraces traces, TimeProvider time) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
            {
                statistics.Sample();
                clients.SampleRates();
                traces.EndDue();
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }
}
