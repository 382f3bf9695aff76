using System.Diagnostics;
using Dashboard.Broker.Tests.Fixture;

namespace Dashboard.Broker.Tests.Storage;

public sealed class RestoreTests : BrokerTest, IDisposable
{
    private const string Never = "9223372036854775807";

    private readonly string _folder = Directory.CreateTempSubdirectory("restore").FullName;

    protected override StorageKind Storage => StorageKind.Sqlite;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Twenty_thousand_retained_messages_and_two_thousand_sessions_are_back_in_seconds()
    {
        FirstFormat.Execute(Path.Combine(_folder, "broker.db"), FirstFormat.Script + $"""
            INSERT INTO retained WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
                SELECT 'site/' || (i % 100) || '/device/' || i, 1, 'p', 1767225602000, {Never}, NULL, CAST('21.5' AS BLOB) FROM n;
            INSERT INTO session WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
                SELECT 100 + i, 'device-' || i, 5, 4294967295, 0, {Never}, 1767225600000, 1767225601000, NULL, NULL, NULL, NULL, NULL, NULL, {Never} FROM n;
            INSERT INTO subscription SELECT key, 'site/+/' || client_id, 1, NULL FROM session WHERE key > 100;
            INSERT INTO message SELECT key, 'site/1/' || client_id, 1, 0, 'p', 1767225602000, {Never}, NULL, CAST('1' AS BLOB) FROM session WHERE key > 100;
            INSERT INTO delivery SELECT key, 1, key, 1, 0, NULL, 0, 0 FROM session WHERE key > 100;
            """);
        var clock = Stopwatch.StartNew();

        await StartAsync(options => options.DataDirectory = _folder);

        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // some 0.3 s on a quiet machine
        Assert.Equal((20_001, 2_001, 2_001), (Host.Broker.RetainedCount, Host.Broker.Sessions.Count, Host.Broker.Subscriptions.Count));
        var device = await ConnectAsync(Continuing(Mqtt.Packets.ProtocolVersion.V500, "device-7"));
        await device.ExpectMessageAsync("site/1/device-7", "1");
    }
}
