using System.Text;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Storage;

public sealed class FullDiskTests : BrokerTest
{
    protected override StorageKind Storage => StorageKind.Sqlite;

    [SmallDiskFact]
    public async Task A_full_disk_refuses_what_it_cannot_keep_and_loses_nothing_that_was_acknowledged()
    {
        using var disk = SmallDisk.TryMount() ?? throw new InvalidOperationException("no small disk could be mounted");

        void OnSmallDisk(BrokerOptions options) => options.DataDirectory = disk.Folder;
        await StartAsync(OnSmallDisk);
        var subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "kept"));
        await subscriber.SubscribeAsync("t", QualityOfService.AtLeastOnce);
        await subscriber.DisconnectAsync();
        await UntilGoneAsync("kept");
        var publisher = await ConnectAsync(ProtocolVersion.V500, "publisher");
        Assert.Equal(ReasonCode.Success, await publisher.PublishAsync(Large("before")));

        disk.Fill();
        var waiting = publisher.NextId();
        await publisher.SendAsync(Large("waits") with { PacketId = waiting });
        await Eventually.Holds(() => Host.Broker.StoreFailure is not null, () => "the full disk is noticed");

        var second = await ConnectAsync(ProtocolVersion.V500, "second");
        Assert.Equal(ReasonCode.QuotaExceeded, await second.PublishAsync(Large("refused")));
        await second.PublishAsync(Message("t", "QoS 0 goes on"));
        Assert.Equal(ReasonCode.NoMatchingSubscribers, await second.PublishAsync(Large("needs no disk") with { Topic = "elsewhere" }));
        var old = await ConnectAsync(ProtocolVersion.V311, "old");
        await old.SendAsync(Large("refused") with { PacketId = 1 });
        await old.ExpectClosedAsync();

        disk.MakeRoom();
        await publisher.ExpectAckAsync(PacketType.PubAck, waiting);
        Assert.Null(Host.Broker.StoreFailure);
        Assert.Equal(ReasonCode.Success, await publisher.PublishAsync(Large("after")));

        Assert.Contains("Nothing can be stored now", Assert.Single(Host.TakeErrors()));
        await Host.DisposeAsync();
        await StartAsync(OnSmallDisk);
        subscriber = await ConnectAsync(Continuing(ProtocolVersion.V500, "kept"));
        foreach (var word in (string[])["before", "waits", "after"])
        {
            var message = await subscriber.ExpectAsync<PublishPacket>();
            Assert.StartsWith(word, Encoding.UTF8.GetString(message.Payload));
            await subscriber.AcknowledgeAsync(message);
        }

        await subscriber.ExpectNothingAsync();
        await Host.DisposeAsync(); // before the disk goes
    }

    private static PublishPacket Large(string word) => Message("t", word.PadRight(100_000), QualityOfService.AtLeastOnce);
}
