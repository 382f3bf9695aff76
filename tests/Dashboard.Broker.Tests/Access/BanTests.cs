using Dashboard.Broker.Access;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Access;

public sealed class BanTests : BrokerTest
{
    protected override StorageKind Storage => StorageKind.Sqlite;

    private BanList Bans => Host.Broker.Bans;

    [Theory]
    [Versions]
    [Statement("3.1.1", "MQTT-3.1.3-9")]
    [Statement("5.0", "MQTT-3.1.3-8")]
    public async Task A_banned_client_id_is_refused_with_the_word_its_version_has(ProtocolVersion version)
    {
        await StartAsync();
        Assert.Equal(BanResult.Banned, Ban(BanKind.ClientId, "bad"));

        var client = await OpenAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "bad" });

        Assert.Equal(version == ProtocolVersion.V500 ? ReasonCode.Banned : ReasonCode.ClientIdentifierNotValid, client.ConnAck.Reason);
        client.FinishSending();
        await client.ExpectClosedAsync();
        await ConnectAsync(version, "good");
        var info = Assert.Single(Bans.All);
        Assert.Equal((1, "bad"), (info.Attempts, info.LastClient));
    }

    [Theory]
    [Versions]
    public async Task A_banned_user_who_is_connected_is_disconnected_by_an_operators_decision(ProtocolVersion version)
    {
        var client = await OpenAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "pi", UserName = "eve" });
        var other = await ConnectAsync(version, "other");

        Assert.Equal(BanResult.Banned, Host.Broker.Ban(new Ban(BanKind.UserName, "eve", Time.GetUtcNow(), null, "floods"), out var disconnected));

        Assert.Equal(1, disconnected);
        await client.ExpectClosedAsync(ReasonCode.AdministrativeAction);
        await other.ExpectNothingAsync();
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.0/8")]
    public async Task A_banned_address_is_cut_at_the_door(string address)
    {
        await StartAsync();
        Assert.Equal(BanResult.Banned, Ban(BanKind.Address, address));

        var client = await OpenAsync();
        await client.ExpectClosedAsync();

        Assert.Equal(1, Assert.Single(Bans.All).Attempts);
        Assert.True(Bans.Lift(BanKind.Address, address));
        await ConnectAsync(ProtocolVersion.V500, "pi");
    }

    [Fact]
    public async Task Bans_survive_a_restart_and_end_in_their_time()
    {
        await StartAsync();
        Host.Broker.Ban(new Ban(BanKind.ClientId, "for an hour", Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromHours(1), "loud"), out _);
        Ban(BanKind.ClientId, "for ever");

        await RestartAsync();

        Assert.Equal(["for an hour", "for ever"], Bans.All.Select(info => info.Ban.Value).Order());
        Assert.Equal("loud", Bans.All.Single(info => info.Ban.Until is not null).Ban.Reason);
        Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("for ever", Assert.Single(Bans.All).Ban.Value);
        await ConnectAsync(ProtocolVersion.V500, "for an hour");
    }

    [Fact]
    public async Task A_second_operator_is_told_what_the_first_has_done()
    {
        await StartAsync(options => options.MaxBans = 2);
        Assert.Equal(BanResult.Banned, Ban(BanKind.ClientId, "a"));
        Assert.Equal(BanResult.AlreadyBanned, Ban(BanKind.ClientId, "a"));
        Assert.Equal(BanResult.Banned, Ban(BanKind.UserName, "a"));
        Assert.Equal(BanResult.Full, Ban(BanKind.ClientId, "c"));
        Assert.True(Bans.Lift(BanKind.ClientId, "a"));
        Assert.False(Bans.Lift(BanKind.ClientId, "a"));
    }

    [Theory]
    [InlineData(BanKind.Address, "not an address")]
    [InlineData(BanKind.Address, "10.0.0.7/33")]
    [InlineData(BanKind.ClientId, "")]
    public async Task What_nobody_could_be_is_not_banned(BanKind kind, string value)
    {
        await StartAsync();
        Assert.Equal(BanResult.NotValid, Ban(kind, value));
    }

    [Fact]
    public async Task Without_a_readable_file_the_broker_does_not_start()
    {
        var directory = Directory.CreateTempSubdirectory("bans");
        await File.WriteAllTextAsync(Path.Combine(directory.FullName, "bans.json"), "[{");

        var failure = Assert.Throws<BrokerStartException>(() => new BanList(new BrokerOptions { DataDirectory = directory.FullName }, Time));

        Assert.Contains("bans.json", failure.Message, StringComparison.Ordinal);
        directory.Delete(recursive: true);
    }

    [Theory]
    [Versions]
    public async Task A_banned_user_name_is_no_fault_of_the_client_id(ProtocolVersion version)
    {
        await StartAsync();
        Ban(BanKind.UserName, "eve");

        var client = await OpenAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "pi", UserName = "eve" });

        Assert.Equal(version == ProtocolVersion.V500 ? ReasonCode.Banned : ReasonCode.NotAuthorized, client.ConnAck.Reason);
    }

    private BanResult Ban(BanKind kind, string value) => Host.Broker.Ban(new Ban(kind, value, Time.GetUtcNow(), null, ""), out _);
}
