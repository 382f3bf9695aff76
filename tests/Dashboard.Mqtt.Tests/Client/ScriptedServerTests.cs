using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Client;

public sealed class ScriptedServerTests : IDisposable
{
    private const string Welcome = "2003000000";

    private readonly ScriptedServer _server = new();

    private static CancellationToken Timeout => new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token;

    public void Dispose() => _server.Dispose();

    [Fact]
    public async Task A_refusal_is_a_value()
    {
        await using var client = await ConnectAsync(new ConnectPacket(), "2003008700");
        Assert.Equal(ReasonCode.NotAuthorized, client.ConnAck.Reason);
    }

    [Fact]
    public async Task A_server_that_closes_without_CONNACK_is_an_exception()
    {
        var connecting = MqttClient.ConnectAsync(Options(new ConnectPacket()), Timeout);
        await _server.AcceptAsync("");
        _server.Close();
        await Assert.ThrowsAsync<IOException>(() => connecting);
    }

    [Fact]
    public async Task Pings_are_sent_at_half_the_keep_alive_of_the_server_and_have_to_be_answered()
    {
        var time = new ManualTime();
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = _server.Port, Connect = new ConnectPacket { KeepAlive = 60_000 }, Time = time };
        var connecting = MqttClient.ConnectAsync(options, Timeout);
        await _server.AcceptAsync("200600000313000a");
        await using var client = await connecting;
        Assert.Equal([TimeSpan.FromSeconds(5)], time.Periods);

        time.Tick();
        Assert.Equal("c000", await _server.ReadPacketAsync());
        await _server.SendAsync("d000" + "300400016100");
        await client.Messages.ReadAsync(Timeout);
        time.Tick();
        Assert.Equal("c000", await _server.ReadPacketAsync());
        Assert.False(client.Closed.IsCompleted);
        time.Tick();

        Assert.Null(await client.Closed.WaitAsync(Timeout));
    }

    [Fact]
    public async Task A_message_at_QoS_2_is_handed_on_once_until_it_is_released()
    {
        const string publish = "3406000161000700";
        await using var client = await ConnectAsync(new ConnectPacket(), Welcome + publish + "3c06000161000700");
        Assert.Equal("50020007", await _server.ReadPacketAsync());
        Assert.Equal("50020007", await _server.ReadPacketAsync());
        await _server.SendAsync("62020007");
        Assert.Equal("70020007", await _server.ReadPacketAsync());
        Assert.True(client.Messages.TryRead(out _));
        Assert.False(client.Messages.TryRead(out _));

        await _server.SendAsync(publish);
        Assert.Equal("a", (await client.Messages.ReadAsync(Timeout)).Topic);
    }

    [Fact]
    public async Task Topic_aliases_of_the_server_are_resolved()
    {
        var connect = new ConnectPacket { Properties = new Properties { TopicAliasMaximum = 1 } };
        await using var client = await ConnectAsync(connect, Welcome + "300700016103230001" + "3006000003230001");
        Assert.Equal("a", (await client.Messages.ReadAsync(Timeout)).Topic);
        Assert.Equal("a", (await client.Messages.ReadAsync(Timeout)).Topic);
    }

    [Fact]
    public async Task No_more_messages_are_in_flight_than_the_server_wants()
    {
        await using var client = await ConnectAsync(new ConnectPacket(), "2006000003210001");
        var message = new PublishPacket { Topic = "a", QoS = QualityOfService.AtLeastOnce };
        var first = client.PublishAsync(message, Timeout);
        var second = client.PublishAsync(message, Timeout);
        await client.PublishAsync(new PublishPacket { Topic = "b" }, Timeout);

        Assert.Equal("3206000161000100", await _server.ReadPacketAsync());
        Assert.Equal("300400016200", await _server.ReadPacketAsync());
        await _server.SendAsync("4003000110");
        Assert.Equal("3206000161000200", await _server.ReadPacketAsync());
        await _server.SendAsync("40020002");

        Assert.Equal(ReasonCode.NoMatchingSubscribers, (await first)?.Reason);
        Assert.Equal(ReasonCode.Success, (await second)?.Reason);
    }

    [Fact]
    public async Task Who_waits_for_an_answer_learns_that_the_connection_is_gone()
    {
        await using var client = await ConnectAsync(new ConnectPacket(), Welcome);
        var publishing = client.PublishAsync(new PublishPacket { Topic = "a", QoS = QualityOfService.ExactlyOnce }, Timeout);
        await _server.ReadPacketAsync();
        await _server.SendAsync("50020001");
        Assert.Equal("62020001", await _server.ReadPacketAsync());
        _server.Close();
        await Assert.ThrowsAsync<IOException>(() => publishing);
        Assert.Null(await client.Closed.WaitAsync(Timeout));
    }

    [Fact]
    public async Task The_reason_of_a_DISCONNECT_is_kept()
    {
        await using var client = await ConnectAsync(new ConnectPacket(), Welcome + "e006" + "8e04" + "1f000178");
        var goodbye = await client.Closed.WaitAsync(Timeout);
        Assert.Equal((ReasonCode.SessionTakenOver, "x"), (goodbye?.Reason, goodbye?.Properties?.ReasonString));
        await Assert.ThrowsAsync<IOException>(() => client.SubscribeAsync("a", cancellationToken: Timeout));
    }

    [Fact]
    public async Task A_malformed_packet_ends_the_connection()
    {
        await using var client = await ConnectAsync(new ConnectPacket(), Welcome + "3603000161");
        Assert.Null(await client.Closed.WaitAsync(Timeout));
    }

    [Fact]
    public async Task A_full_message_buffer_does_not_hinder_the_goodbye()
    {
        var options = new MqttClientOptions { Host = "127.0.0.1", Port = _server.Port, MessageCapacity = 1, Time = new ManualTime() };
        var connecting = MqttClient.ConnectAsync(options, Timeout);
        await _server.AcceptAsync(Welcome + "300400016100" + "300400016100" + "300400016100");
        await using var client = await connecting;
        await client.Messages.WaitToReadAsync(Timeout);

        var leaving = client.DisconnectAsync(new DisconnectPacket(ReasonCode.DisconnectWithWill), Timeout);
        Assert.Equal("e0020400", await _server.ReadPacketAsync());
        _server.Close();
        await leaving.WaitAsync(Timeout);
    }

    private MqttClientOptions Options(ConnectPacket connect) => new() { Host = "127.0.0.1", Port = _server.Port, Connect = connect };

    private async Task<MqttClient> ConnectAsync(ConnectPacket connect, string answer)
    {
        var connecting = MqttClient.ConnectAsync(Options(connect), Timeout);
        await _server.AcceptAsync(answer);
        return await connecting;
    }
}
