using System.Net.Sockets;
using System.Net.WebSockets;
using Dashboard.Interop.Tests.Faults;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests;

/// <summary>The program itself: how it starts, stops, and starts again. Always ours, whatever INTEROP_BROKER says.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task It_stops_within_five_seconds_and_tells_clients_of_MQTT_5_why()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var client = Tool.Start(
            "stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-d", "-V", "mqttv5", "-t", "any");
        await client.WaitForLine("Subscribed");

        await AssertStopsInTime(dashboard);

        await client.WaitForLine("Received DISCONNECT (139)"); // 0x8B: server shutting down
        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public async Task It_stops_within_five_seconds_under_full_load_and_with_clients_that_do_not_read()
    {
        await using var dashboard = await DashboardProcess.Start();
        var port = dashboard.Ports.Tcp;
        await using var polite = Tool.Start("stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{port}", "-d", "-V", "mqttv5", "-t", "any");
        await polite.WaitForLine("Subscribed");
        using var stuckAtQoS0 = await StuckAsync(port, "stuck-0", QualityOfService.AtMostOnce);
        using var stuckAtQoS1 = await StuckAsync(port, "stuck-1", QualityOfService.AtLeastOnce);
        using var silent = await Offender.OpenAsync(port);
        var load = Enumerable.Range(0, 4).Select(i => Task.Run(() => FloodAsync(port, $"load-{i}"))).ToArray();
        await Eventually.Holds(() => dashboard.WorkingSet > 0 && load.All(one => !one.IsCompleted), () => "the load flows");
        await Task.Delay(1000); // until it is everywhere: sockets, outboxes, queues

        await AssertStopsInTime(dashboard);

        await polite.WaitForLine("Received DISCONNECT (139)");
        await Task.WhenAll(load);
        dashboard.AssertNoErrorLogged();

        static async Task<Offender> StuckAsync(int port, string id, QualityOfService qos)
        {
            var stuck = await Offender.ConnectAsync(port, id);
            await stuck.SendAsync(output => PacketEncoder.Write(output, ProtocolVersion.V500, new SubscribePacket(1, [new SubscriptionRequest("load", qos)])));
            return stuck;
        }

        static async Task FloodAsync(int port, string id)
        {
            using var publisher = await Offender.ConnectAsync(port, id);
            var answers = publisher.UntilClosedAsync(TimeSpan.FromMinutes(1));
            ushort packetId = 1;
            while (await publisher.SendAsync(output => PacketEncoder.Write(
                output, ProtocolVersion.V500, new PublishPacket { Topic = "load", Payload = new byte[1000], QoS = QualityOfService.AtLeastOnce, PacketId = packetId })))
            {
                packetId = packetId == ushort.MaxValue ? (ushort)1 : (ushort)(packetId + 1);
            }

            await answers;
        }
    }

    [Fact]
    public async Task It_stops_within_five_seconds_with_pages_open_whose_browsers_have_frozen()
    {
        await using var dashboard = await DashboardProcess.Start();
        using var overWebSocket = await DeafPage.OverWebSocketAsync(dashboard.Address);
        using var overLongPolling = await DeafPage.OverLongPollingAsync(dashboard.Address);
        using var halfOfARequest = await DeafPage.BeginRequestAsync(dashboard.Address);
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("mqtt");
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{dashboard.Ports.WebSocket}"), CancellationToken.None);

        await AssertStopsInTime(dashboard);

        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public async Task It_starts_again_on_the_same_ports_and_data_after_a_stop_and_after_a_power_cut()
    {
        await using var dashboard = await DashboardProcess.Start();
        using var neighbour = new TcpClient("127.0.0.1", dashboard.Ports.Tcp);

        await dashboard.Restart();
        await dashboard.Kill();
        await dashboard.Restart();
        await dashboard.Stop();

        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public async Task All_mistakes_in_the_options_are_said_at_once_and_nothing_starts()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DashboardProcess.Start("--Broker:TcpPort=70000", "--Broker:BindAddress=nowhere"));

        Assert.Contains("TcpPort", failure.Message, StringComparison.Ordinal);
        Assert.Contains("BindAddress", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_the_option_that_changes_it()
    {
        await using var first = await DashboardProcess.Start();

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DashboardProcess.Start($"--Broker:TcpPort={first.Ports.Tcp}"));

        Assert.Contains($"{first.Ports.Tcp}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Broker:TcpPort", failure.Message, StringComparison.Ordinal);
    }

    /// <summary>Fails above five seconds, or with another exit code than 0.</summary>
    private static async Task AssertStopsInTime(DashboardProcess dashboard)
    {
        using var clock = FairClock.Start();
        await dashboard.Stop();
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeToStop);
    }
}
