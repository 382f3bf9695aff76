using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Tests.Fixture;
using Dashboard.Mqtt.Client;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class PacketTraceTests : BrokerTest
{
    private PacketTraces Traces => Host.Service<PacketTraces>();

    [Theory]
    [Versions]
    public async Task Both_directions_of_a_connected_client_are_captured_in_their_order(ProtocolVersion version)
    {
        var client = await ConnectAsync(version, "pi");
        var trace = Traces.Watch("pi")!;

        await client.SubscribeAsync("a/b", QualityOfService.AtLeastOnce);
        await client.SendAsync(Message("a/b", "hello"));
        await client.ExpectMessageAsync("a/b", "hello");
        await client.ExpectNothingAsync();

        Assert.Equal(
            ["> SUBSCRIBE", "< SUBACK", "> PUBLISH", "< PUBLISH", "> PINGREQ", "< PINGRESP"],
            trace.Packets.Select(packet => $"{(packet.IsFromClient ? ">" : "<")} {packet.Type.ToString().ToUpperInvariant()}"));
        Assert.Equal("hello", trace.Packets[3].Anatomy["Payload"]);
        Assert.All(trace.Packets, packet => Assert.Equal(version, packet.Version));
    }

    [Theory]
    [Versions]
    public async Task Watched_before_it_connects_even_the_connect_is_captured_and_its_password_is_not(ProtocolVersion version)
    {
        await StartAsync();
        var trace = Traces.Watch("pi")!;

        await ConnectAsync(new ConnectPacket { Version = version, ClientId = "pi", UserName = "ana", Password = "geheim-7"u8.ToArray() });

        Assert.Equal([PacketType.Connect, PacketType.ConnAck], trace.Packets.Select(packet => packet.Type));
        Assert.Equal("ana", trace.Packets[0].Anatomy["User name"]);
        Assert.True(trace.Packets[0].Anatomy.IsWhole);
        Assert.DoesNotContain("geheim", Encoding.Latin1.GetString(trace.Packets[0].Bytes.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Over_websocket_it_is_the_same()
    {
        await StartAsync();
        var trace = Traces.Watch("w")!;

        await using var client = await MqttClient.ConnectAsync(new MqttClientOptions { WebSocketUri = Host.WebSocketAddress, Connect = new ConnectPacket { Version = ProtocolVersion.V500, ClientId = "w" } });

        Assert.Equal([PacketType.Connect, PacketType.ConnAck], trace.Packets.Select(packet => packet.Type));
    }

    [Fact]
    public async Task A_packet_over_many_reads_is_captured_whole_up_to_its_limit()
    {
        await StartAsync(options => options.Monitoring.TracePacketBytes = 1_000);
        var client = await ConnectAsync(ProtocolVersion.V500, "pi");
        var trace = Traces.Watch("pi")!;

        await client.PublishAsync(Message("a", new string('x', 300_000)));

        var publish = trace.Packets[0];
        Assert.Equal((1_000, true), (publish.Bytes.Length, publish.Length > 300_000));
        Assert.Equal("a", publish.Anatomy["Topic name"]);
        Assert.False(publish.Anatomy.IsWhole);
    }

    [Fact]
    public async Task It_ends_with_the_last_viewer_or_when_the_minutes_are_over()
    {
        var client = await ConnectAsync(ProtocolVersion.V500, "pi");
        var trace = Traces.Watch("pi")!;
        Traces.Watch("pi");
        Traces.Leave(trace);
        await client.ExpectNothingAsync();
        Assert.Equal(2, trace.Count);

        Assert.True(Traces.KeepFor("pi", TimeSpan.FromMinutes(5)));
        Traces.Leave(trace);
        await client.ExpectNothingAsync();
        Assert.Equal(4, trace.Count);

        Time.Advance(TimeSpan.FromMinutes(5));
        Traces.EndDue();
        await client.ExpectNothingAsync();
        Assert.Equal(4, trace.Count);
        Assert.Equal(0, Traces.Count);
        Assert.Null(Traces.Find("pi"));
    }

    [Fact]
    public async Task What_is_held_is_bounded_by_count_and_bytes_and_what_is_too_fast_is_a_number()
    {
        await StartAsync(options =>
        {
            options.Monitoring.TraceLength = 100;
            options.Monitoring.TraceRate = 150;
            options.Monitoring.TraceClients = 1;
        });
        var client = await ConnectAsync(ProtocolVersion.V500, "pi");
        var trace = Traces.Watch("pi")!;
        Assert.Null(Traces.Watch("another"));

        for (var i = 0; i < 200; i++)
        {
            await client.SendAsync(Message("a"));
        }

        await client.ExpectNothingAsync();
        Assert.Equal((202, 52, 50, 100), (trace.Count, trace.NotCaptured, trace.LetGo, trace.Packets.Count));
    }
}
