using System.Net.Sockets;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Conformance;

public sealed class FramingTests : BrokerTest
{
    private static object[] Conversation(ProtocolVersion version) =>
    [
        new ConnectPacket { Version = version, ClientId = "talker" },
        new SubscribePacket(1, [new SubscriptionRequest("a/#", QualityOfService.ExactlyOnce)]),
        Message("a/0", "zero"),
        Message("a/1", "one", QualityOfService.AtLeastOnce) with { PacketId = 2 },
        Message("a/long", new string('x', 300)),
        PacketType.PingReq,
    ];

    [Theory, Versions(WithOldest = true)]
    [Statement("3.1.1", "MQTT-4.2.0-1")]
    [Statement("5.0", "MQTT-4.2-1")]
    public async Task Packets_may_be_split_between_any_two_bytes(ProtocolVersion version)
    {
        var bytes = Conversation(version).SelectMany(packet => Wire.Encode(version, packet)).ToArray();
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            await using var client = await OpenAsync(version);
            await client.SendBytesAsync(bytes.AsMemory(0, cut));
            await client.SendBytesAsync(bytes.AsMemory(cut));
            await ExpectConversationAsync(client);
        }
    }

    [Theory, Versions(WithOldest = true)]
    public async Task Packets_may_come_byte_by_byte(ProtocolVersion version)
    {
        var client = await OpenAsync(version);
        foreach (var value in Conversation(version).SelectMany(packet => Wire.Encode(version, packet)))
        {
            await client.SendBytesAsync(new[] { value });
        }

        await ExpectConversationAsync(client);
    }

    [Theory, Versions(WithOldest = true)]
    public async Task Many_packets_may_come_in_one_segment(ProtocolVersion version)
    {
        var client = await OpenAsync(version);
        await client.SendAsync(Conversation(version));
        await ExpectConversationAsync(client);
    }

    [Theory, Versions]
    public async Task A_thousand_messages_in_one_write_all_arrive_in_order(ProtocolVersion version)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("many/#");
        var publisher = await ConnectAsync(version);

        await publisher.SendAsync([.. Enumerable.Range(0, 1000).Select(i => Message("many/" + (i % 7), i.ToString("D4", null)))]);

        for (var i = 0; i < 1000; i++)
        {
            await subscriber.ExpectMessageAsync("many/" + (i % 7), i.ToString("D4", null));
        }
    }

    [Theory, Versions(127, 128, 16_383, 16_384, 2_097_151, 2_097_152)]
    public async Task A_remaining_length_of_any_size_is_understood(ProtocolVersion version, int remaining)
    {
        var subscriber = await ConnectAsync(version);
        await subscriber.SubscribeAsync("size");
        var publisher = await ConnectAsync(version);
        var payload = new string('s', remaining - 6 - (version == ProtocolVersion.V500 ? 1 : 0));

        await publisher.SendAsync(Message("size", payload));

        await subscriber.ExpectMessageAsync("size", payload);
    }

    [Theory, Versions]
    [Statement("3.1.1", "MQTT-4.8.0-1")]
    [Statement("5.0", "MQTT-4.13.1-1")]
    public async Task A_remaining_length_of_five_bytes_closes_the_connection(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        await client.SendBytesAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 });
        await client.ExpectClosedAsync(ReasonCode.MalformedPacket);
    }

    [Theory]
    [InlineData(new byte[] { 0xC0, 0x80, 0x00 })]
    [InlineData(new byte[] { 0x30, 0x87, 0x00, 0, 3, (byte)'a', (byte)'/', (byte)'b', 0, (byte)'x' })]
    [Statement("5.0", "MQTT-1.5.5-1")]
    public async Task A_remaining_length_not_in_its_shortest_form_closes_an_mqtt_5_connection(byte[] packet)
    {
        var client = await ConnectAsync(ProtocolVersion.V500);
        await client.SendBytesAsync(packet);
        await client.ExpectClosedAsync(ReasonCode.MalformedPacket);
    }

    [Theory, Versions]
    public async Task A_packet_larger_than_the_limit_is_refused_at_its_header(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxPacketSize = 2048);
        var client = await ConnectAsync(version);
        await client.SendBytesAsync(new byte[] { 0x30, 0xFF, 0xFF, 0xFF, 0x7F });
        await client.ExpectClosedAsync(ReasonCode.PacketTooLarge);
    }

    [Theory, Versions]
    public async Task A_whole_packet_larger_than_the_limit_is_refused_too(ProtocolVersion version)
    {
        await StartAsync(options => options.MaxPacketSize = 2048);
        var client = await ConnectAsync(version);
        await client.SendAsync(Message("big", new string('b', 2049)));
        await client.ExpectClosedAsync(ReasonCode.PacketTooLarge);
    }

    [Fact]
    public async Task A_connect_larger_than_the_small_limit_is_refused_at_its_header()
    {
        var client = await OpenAsync();
        await client.SendBytesAsync(new byte[] { 0x10, 0xFF, 0xFF, 0xFF, 0x7F, 0x00 });
        await client.ExpectClosedAsync();
    }

    [Theory, Versions]
    public async Task The_goodbye_arrives_although_input_is_still_unread(ProtocolVersion version)
    {
        var client = await ConnectAsync(version);
        var flood = Wire.Encode(version, Message("flood", new string('f', 30_000)));
        var sending = Task.Run(async () =>
        {
            try
            {
                await client.SendBytesAsync(new byte[] { 0xD0, 0x00 });
                for (var i = 0; i < 100; i++)
                {
                    await client.SendBytesAsync(flood);
                }
            }
            catch (Exception exception) when (exception is IOException or SocketException)
            {
                // The broker has closed by then.
            }
        });

        await client.ExpectClosedAsync(ReasonCode.ProtocolError);
        await sending;
    }

    private static async Task ExpectConversationAsync(RawClient client)
    {
        Assert.Equal(ReasonCode.Success, (await client.ExpectAsync<ConnAckPacket>()).Reason);
        Assert.Equal([ReasonCode.GrantedQoS2], (await client.ExpectAsync<SubAckPacket>()).Reasons);
        await client.ExpectMessageAsync("a/0", "zero");
        var one = await client.ExpectMessageAsync("a/1", "one");
        Assert.Equal(QualityOfService.AtLeastOnce, one.QoS);
        await client.ExpectAckAsync(PacketType.PubAck, 2);
        await client.ExpectMessageAsync("a/long", new string('x', 300));
        Assert.Equal(PacketType.PingResp, await client.ReceiveAsync());
        await client.DisconnectAsync();
    }
}
