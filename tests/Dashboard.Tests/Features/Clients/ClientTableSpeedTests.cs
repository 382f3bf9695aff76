using System.Globalization;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Clients;

namespace Dashboard.Tests.Features.Clients;

/// <remarks>It counts the processor's time, as the machine may do something else meanwhile.</remarks>
[Collection(nameof(AloneOnTheProcessor))]
public sealed class ClientTableSpeedTests
{
    [Theory]
    [InlineData("client")]
    [InlineData("-since")]
    [InlineData("-received")]
    public void Ten_thousand_clients_are_shown_anew_within_a_tick(string order)
    {
        var clients = Enumerable.Range(0, 10_000)
            .Select(i => SampleClient.Named(string.Create(CultureInfo.InvariantCulture, $"client-{i:00000}")) with { ConnectedAt = SampleClient.Now - TimeSpan.FromSeconds(i * 7919 % 10_000), ReceivedPerSecond = i * 31 % 997 })
            .ToArray();
        var table = new ClientTable { Order = ClientOrder.Parse(order) };
        Show(table, clients, 0);

        var before = Environment.CpuUsage.TotalTime;
        for (var tick = 1; tick <= 12; tick++)
        {
            Show(table, clients, tick);
        }

        var took = Environment.CpuUsage.TotalTime - before;
        Assert.Equal(10_000, table.Rows.Count);
        Assert.True(took < TimeSpan.FromSeconds(1), $"twelve ticks, three seconds of a page, took {took.TotalMilliseconds:0} ms");
    }

    private static void Show(ClientTable table, ClientInfo[] clients, int tick) =>
        table.Show(clients, SampleClient.Now + TimeSpan.FromMilliseconds(250 * tick), isHeld: false);
}
