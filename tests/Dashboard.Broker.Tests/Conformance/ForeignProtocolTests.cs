using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class ForeignProtocolTests : BrokerTest
{
    private static readonly string ManyHeaders = string.Concat(Enumerable.Range(0, 20).Select(i => $"X-Header-{i}: some value\r\n"));

    private static readonly byte[] Connect = Wire.Encode(ProtocolVersion.V500, new ConnectPacket { ClientId = "a" });

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET /mqtt HTTP/1.1\r\nHost: localhost:1883\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Version: 13\r\n\r\n")]
    [InlineData("POST /api HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\nUser-Agent: something rather long, as they all are\r\n\r\n")]
    [InlineData("OPTIONS * HTTP/1.1\r\nHost: localhost\r\nUser-Agent: something rather long, as they all are\r\n\r\n")]
    public async Task Http_and_websocket_on_the_plain_port_are_recognised_and_explained(string request) =>
        await ExpectExplanationAsync(Wire.Utf8(request.Replace("\r\n\r\n", "\r\n" + ManyHeaders + "\r\n", StringComparison.Ordinal)), "HTTP or WebSocket");

    [Fact]
    public async Task A_short_http_request_is_recognised_too() => await ExpectExplanationAsync(Wire.Utf8("GET / HTTP/1.0\r\n\r\n"), "HTTP or WebSocket");

    [Fact]
    public async Task Tls_on_the_plain_port_is_recognised_and_explained() =>
        await ExpectExplanationAsync([0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xFC, 0x03, 0x03, .. new byte[500]], "TLS");

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    [InlineData("hello\r\n")]
    [InlineData("{\"topic\":1}")]
    public async Task Text_is_called_text_and_not_a_packet(string text) => await ExpectExplanationAsync(Wire.Utf8(text), "text came to the port for MQTT");

    [Fact]
    public async Task Different_packets_that_are_no_connect_are_told_apart()
    {
        foreach (var packet in (byte[][])[[0xC0, 0], [0xE0, 0], [0xC0, 0]])
        {
            var client = await OpenAsync();
            await client.SendBytesAsync(packet);
            await client.ExpectClosedAsync();
        }

        var log = Host.Service<ClientEventLog>();
        await Eventually.Holds(() => log.Count == 3, () => "not all were told");
        Assert.Equal([("DISCONNECT", 1), ("PINGREQ", 2)], log.Newest(10).Select(one => (one.Message.Split(' ')[^1].TrimEnd('.'), one.Times)).Order());
    }

    [Theory]
    [InlineData(0, "without a CONNECT")]
    [InlineData(8, "in the middle of its first packet")]
    public async Task Who_leaves_in_the_middle_of_its_connect_is_told_from_who_says_nothing(int bytes, string words)
    {
        var client = await OpenAsync();
        await client.SendBytesAsync(Connect.AsMemory(0, bytes));
        client.FinishSending();
        await client.ExpectClosedAsync();

        await ExpectLineAsync(words);
    }

    [Theory]
    [InlineData(0, "no CONNECT came within 10 s")]
    [InlineData(8, "its first packet did not come whole within 10 s")]
    public async Task Who_waits_for_an_answer_to_half_a_connect_is_told_from_who_says_nothing(int bytes, string words)
    {
        var client = await OpenAsync();
        await client.SendBytesAsync(Connect.AsMemory(0, bytes));
        await Eventually.Holds(() => Host.Broker.Connections.Open.Any(connection => connection.HasBegun == bytes > 0), () => "it has not come");
        Host.Pass(TimeSpan.FromSeconds(11));
        await client.ExpectClosedAsync();

        await ExpectLineAsync(words);
    }

    [Fact]
    public async Task Anything_else_is_closed_and_counted()
    {
        var client = await OpenAsync();
        await client.SendBytesAsync((byte[])[0xF0, 0x80, 0x80, 0x80, 0x80]);
        await client.ExpectClosedAsync();
        await Eventually.Holds(() => Host.Broker.Connections.Refused == 1, () => "not counted");
    }

    private async Task ExpectExplanationAsync(byte[] bytes, string words)
    {
        var client = await OpenAsync();
        await client.SendBytesAsync(bytes);
        await client.ExpectClosedAsync();
        await ExpectLineAsync(words);
    }

    private async Task ExpectLineAsync(string words)
    {
        var log = Host.Service<ClientEventLog>();
        await Eventually.Holds(() => log.Count > 0, () => "no event");
        var line = Assert.Single(log.Newest(10));
        Assert.Equal(ClientEventKind.Refused, line.Kind);
        Assert.Contains(words, line.Message, StringComparison.Ordinal);
    }
}
