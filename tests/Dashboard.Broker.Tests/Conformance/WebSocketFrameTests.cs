using System.Buffers.Binary;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

/// <summary>The rules of RFC 6455 that the broker keeps itself, byte by byte.</summary>
public sealed class WebSocketFrameTests : BrokerTest
{
    private static readonly byte[] ConnAck = [0x20, 2, 0, 0];
    private static readonly byte[] PingReq = [0xC0, 0];
    private static readonly byte[] PingResp = [0xD0, 0];

    private static byte[] Connect => Wire.Encode(ProtocolVersion.V311, new ConnectPacket { Version = ProtocolVersion.V311, ClientId = "w" });

    [Fact]
    public async Task The_handshake_is_answered_with_the_key_that_the_standard_computes()
    {
        var client = await OpenRawAsync();
        Assert.StartsWith("HTTP/1.1 101 ", client.Answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", client.Answer, StringComparison.Ordinal); // the example of RFC 6455, 1.3
        Assert.Contains("Upgrade: websocket\r\n", client.Answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Protocol: mqtt\r\n", client.Answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8", "dGhlIHNhbXBsZSBub25jZQ==")]
    [InlineData("13", "c2hvcnQ=")]
    [InlineData("13", "not base64 at all *****=")]
    [InlineData("13", "")]
    public async Task A_handshake_of_another_version_or_with_a_bad_key_is_refused(string version, string key)
    {
        await StartAsync();
        var client = Keep(await RawWebSocket.OpenAsync(Host.WebAddress, version, key));
        Assert.StartsWith("HTTP/1.1 400 ", client.Answer, StringComparison.Ordinal);
        Assert.Contains("Sec-WebSocket-Version: 13\r\n", client.Answer, StringComparison.Ordinal); // RFC 6455, 4.4
    }

    [Fact]
    public async Task What_a_client_sends_without_waiting_for_the_answer_is_not_lost()
    {
        await StartAsync();
        await using var framer = await RawWebSocket.OpenAsync(Host.WebAddress);
        var client = Keep(await RawWebSocket.OpenAsync(Host.WebAddress, first: framer.Frame(RawWebSocket.Binary, Connect)));
        await ExpectAsync(client, RawWebSocket.Binary, ConnAck);
    }

    [Theory]
    [InlineData(125)]
    [InlineData(126)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(300_000)]
    public async Task Frames_of_every_length_pass_in_both_directions(int frameLength)
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, Wire.Encode(ProtocolVersion.V311, new SubscribePacket(1, [new("a")])));
        await ExpectAsync(client, RawWebSocket.Binary, [0x90, 3, 0, 1, 0]);
        var header = frameLength < 131 ? 5 : frameLength < 16_384 + 6 ? 6 : 7;
        var message = Wire.Encode(ProtocolVersion.V311, new PublishPacket { Topic = "a", Payload = [.. Enumerable.Range(0, frameLength - header).Select(i => (byte)i)] });
        Assert.Equal(frameLength, message.Length);
        await client.SendFrameAsync(RawWebSocket.Binary, message);
        var received = new List<byte>();
        while (received.Count < frameLength)
        {
            var (opcode, payload) = await client.ReceiveFrameAsync();
            Assert.Equal(RawWebSocket.Binary, opcode);
            received.AddRange(payload);
        }

        Assert.True(message.AsSpan().SequenceEqual(received.ToArray()));
    }

    [Fact]
    public async Task Frames_that_come_byte_by_byte_are_put_together()
    {
        var client = await OpenRawAsync();
        foreach (var (opcode, payload, answer, answerPayload) in new (int, byte[], int, byte[])[]
        {
            (RawWebSocket.Binary, Connect, RawWebSocket.Binary, ConnAck),
            (RawWebSocket.Ping, "p"u8.ToArray(), RawWebSocket.Pong, "p"u8.ToArray()),
            (RawWebSocket.Binary, PingReq, RawWebSocket.Binary, PingResp),
        })
        {
            foreach (var value in client.Frame(opcode, payload))
            {
                await client.SendAsync(new[] { value });
            }

            await ExpectAsync(client, answer, answerPayload);
        }
    }

    [Fact]
    public async Task A_ping_is_answered_also_within_a_message_in_pieces()
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, PingReq.AsMemory(0, 1), first: RawWebSocket.Binary);
        await client.SendFrameAsync(RawWebSocket.Ping, Enumerable.Repeat((byte)7, 125).ToArray());
        await ExpectAsync(client, RawWebSocket.Pong, [.. Enumerable.Repeat((byte)7, 125)]);
        await client.SendFrameAsync(RawWebSocket.Pong, "nobody asked"u8.ToArray());
        await client.SendFrameAsync(0, PingReq.AsMemory(1));
        await ExpectAsync(client, RawWebSocket.Binary, PingResp);
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(1001)]
    [InlineData(4999)]
    [InlineData(null)]
    public async Task A_close_is_answered_and_ends_the_connection_after_what_came_before_it(int? code)
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, PingReq);
        await client.SendFrameAsync(RawWebSocket.Close, code is { } number ? [.. CodeOf(number), .. "bye"u8] : Array.Empty<byte>());
        await ExpectAsync(client, RawWebSocket.Binary, PingResp);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1000));
        Assert.Equal(-1, (await client.ReceiveFrameAsync()).Opcode);
    }

    [Fact]
    public async Task The_broker_closes_with_a_code_and_waits_for_the_answer()
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, Wire.Encode(ProtocolVersion.V311, new DisconnectPacket()));
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1000));
        await client.SendFrameAsync(RawWebSocket.Close, CodeOf(1000));
        Assert.Equal(-1, (await client.ReceiveFrameAsync()).Opcode);
    }

    [Theory]
    [InlineData(0xC2, 1002)] // a reserved bit
    [InlineData(0x92, 1002)]
    [InlineData(0x83, 1002)] // unknown types
    [InlineData(0x8B, 1002)]
    [InlineData(0x80, 1002)] // goes on with nothing
    [InlineData(0x09, 1002)] // a control frame in pieces
    [InlineData(0x81, 1003)] // text
    [InlineData(0x01, 1003)]
    public async Task A_frame_that_must_not_come_is_refused_with_its_code(byte first, int code)
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(0, PingReq, first);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(code));
        await UntilGoneAsync("w");
    }

    [Fact]
    public async Task A_frame_without_a_mask_is_refused()
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, PingReq, isMasked: false);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1002));
    }

    [Fact]
    public async Task A_message_that_begins_within_another_is_refused()
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, PingReq, first: RawWebSocket.Binary);
        await client.SendFrameAsync(RawWebSocket.Binary, PingReq);
        await ExpectAsync(client, RawWebSocket.Binary, PingResp);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1002));
    }

    [Fact]
    public async Task A_control_frame_of_more_than_125_bytes_is_refused()
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Ping, new byte[126]);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1002));
    }

    [Theory]
    [InlineData(new byte[] { 3 })]
    [InlineData(new byte[] { 0x03, 0xED })] // 1005 stands for none and is never sent
    [InlineData(new byte[] { 0x03, 0xE8, 0xFF })] // not UTF-8
    public async Task A_close_with_a_payload_that_must_not_be_sent_is_refused(byte[] payload)
    {
        var client = await ConnectRawAsync();
        await client.SendFrameAsync(RawWebSocket.Close, payload);
        await ExpectAsync(client, RawWebSocket.Close, CodeOf(1002));
    }

    [Fact]
    public async Task A_frame_may_announce_any_length_and_the_packets_in_it_count()
    {
        var client = await ConnectRawAsync();
        byte[] endless = [0x82, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0, .. PingReq];
        await client.SendAsync(endless);
        await ExpectAsync(client, RawWebSocket.Binary, PingResp);
        await client.SendAsync(PingReq);
        await ExpectAsync(client, RawWebSocket.Binary, PingResp);
        endless[2] = 0xFF; // the highest bit must be 0
        var other = await ConnectRawAsync("other");
        await other.SendAsync(endless);
        await ExpectAsync(other, RawWebSocket.Close, CodeOf(1002));
    }

    [Fact]
    public async Task Pings_without_end_to_a_client_that_does_not_read_take_no_memory()
    {
        var client = await ConnectRawAsync();
        var pings = Enumerable.Range(0, 1_000).SelectMany(_ => client.Frame(RawWebSocket.Ping, new byte[125])).ToArray();
        for (var i = 0; i < 60; i++)
        {
            await client.SendAsync(pings).WaitAsync(RawClient.Patience); // 8 MB, more than the system takes of the answers
        }

        await client.SendFrameAsync(RawWebSocket.Binary, PingReq);
        var pongs = 0;
        while (true)
        {
            var (opcode, _) = await client.ReceiveFrameAsync();
            if (opcode == RawWebSocket.Binary)
            {
                break;
            }

            Assert.Equal(RawWebSocket.Pong, opcode);
            pongs++;
        }

        Assert.InRange(pongs, 1, 60_000);
    }

    private static byte[] CodeOf(int code)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)code);
        return bytes;
    }

    private static async Task ExpectAsync(RawWebSocket client, int opcode, byte[] payload)
    {
        var frame = await client.ReceiveFrameAsync();
        Assert.Equal((opcode, Convert.ToHexString(payload)), (frame.Opcode, Convert.ToHexString(frame.Payload)));
    }

    private async Task<RawWebSocket> OpenRawAsync()
    {
        if (!HasHost)
        {
            await StartAsync();
        }

        return Keep(await RawWebSocket.OpenAsync(Host.WebAddress));
    }

    private async Task<RawWebSocket> ConnectRawAsync(string clientId = "w")
    {
        var client = await OpenRawAsync();
        await client.SendFrameAsync(RawWebSocket.Binary, Wire.Encode(ProtocolVersion.V311, new ConnectPacket { Version = ProtocolVersion.V311, ClientId = clientId }));
        await ExpectAsync(client, RawWebSocket.Binary, ConnAck);
        return client;
    }
}
