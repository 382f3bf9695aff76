using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Monitoring.History;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Monitoring.History;

public sealed class HistoryOverRestartTests : BrokerTest
{
    protected override StorageKind Storage => StorageKind.Sqlite;

    [Fact]
    public async Task The_history_of_before_a_restart_is_there_after_it()
    {
        await StartAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Host.Service<BrokerStatistics>().Sample();
        var before = Host.Service<BrokerHistory>().Read(HistoryRange.TenMinutes);
        await Host.DisposeAsync();
        Time.Advance(TimeSpan.FromMinutes(5));

        await StartAsync();

        var after = Host.Service<BrokerHistory>().Read(HistoryRange.TenMinutes);
        Assert.NotEmpty(before);
        Assert.Equal(before.Select(point => point.Start), after.Select(point => point.Start));
        Assert.Equal(before[0][HistoryFigure.Memory], after[0][HistoryFigure.Memory]);
    }
}
