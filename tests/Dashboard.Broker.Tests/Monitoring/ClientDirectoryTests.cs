using System.Globalization;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Storage;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class ClientDirectoryTests : BrokerTest
{
    [Fact]
    public async Task Ten_thousand_sessions_are_pictured_in_order_and_those_that_come_find_their_place()
    {
        await StartAsync();
        Host.Broker.Sessions.Restore(Enumerable.Range(0, 10_000).Select(i => new RestoredSession(Stored(i))));
        var clients = Host.Service<ClientDirectory>();
        Assert.Equal(10_000, clients.List().Count);

        using var watch = FairClock.Start();
        for (var i = 0; i < 5; i++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(250));
            clients.List();
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"five pictures took {watch.Elapsed.TotalMilliseconds:0} ms");

        await ConnectAsync(ProtocolVersion.V500, "client-05000-and-a-half");
        Time.Advance(TimeSpan.FromMilliseconds(250));
        var ids = clients.List().Select(client => client.ClientId).ToArray();
        Assert.Equal(10_001, ids.Length);
        Assert.Equal(ids.Order(StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task How_a_refused_connection_began_is_told()
    {
        var client = await OpenAsync();
        await client.SendBytesAsync("GET /some/page HTTP/1.1"u8.ToArray());
        await client.ExpectClosedAsync();

        await Eventually.Holds(() => Host.Service<ClientEventLog>().Count > 0, () => "nothing was told", RawClient.Patience);
        Assert.Equal("GET /some/page H"u8, Host.Service<ClientEventLog>().Newest(1)[0].Opening.Span);
    }

    private StoredSession Stored(int i) => new(
        i + 1,
        string.Create(CultureInfo.InvariantCulture, $"client-{i:00000}"),
        ProtocolVersion.V500,
        3600,
        IsConnected: false,
        Time.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000,
        0,
        0,
        null,
        long.MaxValue);
}
