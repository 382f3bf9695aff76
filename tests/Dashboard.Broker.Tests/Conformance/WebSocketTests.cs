using System.Net;
using System.Net.WebSockets;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class WebSocketTests : BrokerTest
{
    private static ReadOnlyMemory<byte> Nothing => ReadOnlyMemory<byte>.Empty;

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-6.0.0-2")]
    [Statement("5.0", "MQTT-6.0.0-2")]
    public async Task Frames_may_hold_several_packets_or_parts_of_one_or_nothing(ProtocolVersion version)
    {
        var (client, socket) = await OpenWebSocketAsync(version);
        var bytes = new object[] { new ConnectPacket { Version = version, ClientId = "w" }, new SubscribePacket(1, [new("a")]), Message("a", "1"), Message("a", "2") }
            .SelectMany(packet => Wire.Encode(version, packet)).ToArray();
        await FrameAsync(socket, Nothing);
        await FrameAsync(socket, bytes.AsMemory(0, 1));
        await FrameAsync(socket, Nothing);
        await FrameAsync(socket, bytes.AsMemory(1, 7));
        await FrameAsync(socket, bytes.AsMemory(8), endOfMessage: false);
        await FrameAsync(socket, Nothing, endOfMessage: true);
        Assert.Equal(ReasonCode.Success, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        await client.ExpectAsync<SubAckPacket>();
        await client.ExpectMessageAsync("a", "1");
        await client.ExpectMessageAsync("a", "2");
        foreach (var value in Wire.Encode(version, Message("a", "slow")))
        {
            await FrameAsync(socket, new[] { value });
        }

        await client.ExpectMessageAsync("a", "slow");
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-6.0.0-1")]
    [Statement("5.0", "MQTT-6.0.0-1")]
    public async Task A_text_frame_closes_the_connection(ProtocolVersion version)
    {
        var (client, socket) = await OpenWebSocketAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "w" });
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
        await UntilGoneAsync("w");
    }

    [Theory]
    [InlineData("mqtt", ProtocolVersion.V311)]
    [InlineData("mqtt", ProtocolVersion.V500)]
    [InlineData("mqttv3.1", ProtocolVersion.V310)]
    [Statement("3.1.1", "MQTT-6.0.0-4")]
    [Statement("5.0", "MQTT-6.0.0-4")]
    public async Task The_sub_protocol_is_agreed_on(string name, ProtocolVersion version)
    {
        var (client, socket) = await OpenWebSocketAsync(version, name);
        Assert.Equal(name, socket.SubProtocol);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "w" });
        Assert.Equal("WebSocket", Host.Service<ClientDirectory>().Find("w")!.Client.Transport);
    }

    [Fact]
    [Statement("3.1.1", "MQTT-6.0.0-4")]
    [Statement("5.0", "MQTT-6.0.0-4")]
    public async Task Of_several_sub_protocols_mqtt_is_chosen()
    {
        var (_, socket) = await OpenWebSocketAsync(ProtocolVersion.V500, "chat", "mqttv3.1", "mqtt");
        Assert.Equal("mqtt", socket.SubProtocol);
    }

    [Fact]
    [Statement("3.1.1", "MQTT-6.0.0-3")]
    [Statement("5.0", "MQTT-6.0.0-3")]
    public async Task Another_sub_protocol_is_refused() =>
        await Assert.ThrowsAsync<WebSocketException>(() => OpenWebSocketAsync(ProtocolVersion.V500, "chat"));

    [Fact]
    public async Task The_address_answers_a_browser_in_words()
    {
        await StartAsync();
        using var http = new HttpClient();
        var answer = await http.GetAsync(new Uri(Host.WebAddress, "/mqtt"));
        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("ws://", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory, Versions]
    public async Task A_malformed_packet_gets_its_reason_before_the_end(ProtocolVersion version)
    {
        var (client, _) = await OpenWebSocketAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "w" });
        await client.SendBytesAsync(new byte[] { 0x36, 0x05, 0, 1, (byte)'a', 0, 1 });
        await client.ExpectClosedAsync(ReasonCode.MalformedPacket);
    }

    [Theory, Versions]
    public async Task Large_messages_pass_in_both_directions(ProtocolVersion version)
    {
        await StartAsync();
        await using var client = await MqttClient.ConnectAsync(new MqttClientOptions { WebSocketUri = Host.WebSocketAddress, Connect = new ConnectPacket { Version = version, ClientId = "w" } });
        await client.SubscribeAsync("big", QualityOfService.ExactlyOnce);
        var payload = new byte[3_000_000];
        Random.Shared.NextBytes(payload);
        await client.PublishAsync(new PublishPacket { Topic = "big", Payload = payload, QoS = QualityOfService.ExactlyOnce }).WaitAsync(RawClient.Patience);
        var message = await client.Messages.ReadAsync().AsTask().WaitAsync(RawClient.Patience);
        Assert.True(message.Payload.AsSpan().SequenceEqual(payload));
        await client.DisconnectAsync();
    }

    [Theory, Versions]
    public async Task A_lost_websocket_publishes_the_will(ProtocolVersion version)
    {
        var watcher = await ConnectAsync(version);
        await watcher.SubscribeAsync("will");
        var (client, socket) = await OpenWebSocketAsync(version);
        await client.ConnectAsync(new ConnectPacket { Version = version, ClientId = "w", Will = new WillMessage("will", Wire.Utf8("gone"), QualityOfService.AtMostOnce, false) });
        socket.Abort();
        await watcher.ExpectMessageAsync("will", "gone");
    }

    [Fact]
    public async Task A_websocket_that_stays_silent_is_closed_when_its_time_is_up()
    {
        var (client, socket) = await OpenWebSocketAsync(ProtocolVersion.V500);
        await Eventually.Holds(() => Host.Broker.Connections.Count == 1, () => "not accepted");
        Host.Pass(TimeSpan.FromSeconds(11));
        await client.ExpectClosedAsync();
    }

    private async Task<(RawClient Client, ClientWebSocket Socket)> OpenWebSocketAsync(ProtocolVersion version, params string[] subProtocols)
    {
        if (!HasHost)
        {
            await StartAsync();
        }

        var socket = new ClientWebSocket();
        foreach (var name in subProtocols.DefaultIfEmpty("mqtt"))
        {
            socket.Options.AddSubProtocol(name);
        }

        await socket.ConnectAsync(Host.WebSocketAddress, CancellationToken.None);
        return (Keep(new RawClient(WebSocketStream.Create(socket, WebSocketMessageType.Binary, TimeSpan.FromSeconds(1)), version)), socket);
    }

    private static async Task FrameAsync(ClientWebSocket socket, ReadOnlyMemory<byte> bytes, bool endOfMessage = true) =>
        await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage, CancellationToken.None);
}
