using System.Text;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Storage;

public sealed class DamagedFileTests : BrokerTest, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("storage").FullName;

    protected override StorageKind Storage => StorageKind.Sqlite;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File => Path.Combine(_folder, "broker.db");

    [Theory]
    [InlineData("truncated")]
    [InlineData("overwritten header")]
    [InlineData("random page")]
    public async Task A_damaged_file_is_moved_aside_and_the_broker_starts(string damage)
    {
        await StartAsync(InFolder);
        var publisher = await ConnectAsync(ProtocolVersion.V500);
        for (var i = 0; i < 500; i++)
        {
            await publisher.SendAsync(Message($"kept/{i}", new string('x', 200), QualityOfService.AtMostOnce, retain: true));
        }

        await publisher.PublishAsync(Message("last", qos: QualityOfService.AtLeastOnce, retain: true));
        await Host.DisposeAsync();
        Damage(damage);

        await StartAsync(InFolder);
        Assert.Contains(".damaged-", Assert.Single(Host.TakeErrors()));
        Assert.Single(Directory.GetFiles(_folder, "broker.db.damaged-*"));
        var client = await ConnectAsync(ProtocolVersion.V500);
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await client.PublishAsync(Message("new", qos: QualityOfService.AtLeastOnce, retain: true)));
        await Host.DisposeAsync();

        await StartAsync(InFolder);
        Assert.True(Host.Broker.HasRetained("new"));
    }

    [Fact]
    public async Task A_file_of_the_first_release_is_brought_to_this_format_with_all_it_holds()
    {
        FirstFormat.Execute(File, FirstFormat.Script);

        await StartAsync(InFolder);
        var client = await ConnectAsync(Continuing(ProtocolVersion.V500, "kept"));
        Assert.True(client.ConnAck.SessionPresent);
        var queued = await client.ExpectMessageAsync("house/door", "open");
        Assert.Equal((QualityOfService.AtLeastOnce, "text/plain"), (queued.QoS, queued.Properties?.ContentType));
        await client.AcknowledgeAsync(queued);
        var retained = Host.Broker.FindRetained("house/temperature")!;
        Assert.Equal(("21.5", "sensor"), (Encoding.UTF8.GetString(retained.Payload), retained.Publisher));
        await ConnectAsync(ProtocolVersion.V500);
        Assert.Equal(1, Host.Broker.Subscriptions.Count);
    }

    [Fact]
    public async Task A_file_of_a_later_version_is_left_alone_and_the_start_says_so()
    {
        FirstFormat.Execute(File, "CREATE TABLE future (x); PRAGMA user_version = 99;");
        var failure = await Assert.ThrowsAsync<BrokerStartException>(() => StartAsync(InFolder));
        Assert.Contains("later version of this program (format 99", failure.Message);
        Assert.Equal(["broker.db"], Directory.GetFiles(_folder, "broker.db*").Select(Path.GetFileName));
    }

    private void InFolder(BrokerOptions options) => options.DataDirectory = _folder;

    private void Damage(string how)
    {
        using var file = System.IO.File.Open(File, FileMode.Open);
        switch (how)
        {
            case "truncated":
                file.SetLength(file.Length / 2);
                break;
            case "overwritten header":
                file.Write("This is no database at all."u8);
                break;
            default:
                var noise = new byte[4096];
                new Random(7).NextBytes(noise);
                file.Position = file.Length / 4096 / 2 * 4096;
                file.Write(noise);
                break;
        }
    }
}
