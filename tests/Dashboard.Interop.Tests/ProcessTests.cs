using System.Net.Sockets;

namespace Dashboard.Interop.Tests;

/// <summary>The program itself: how it starts, stops, and starts again. Always ours, whatever INTEROP_BROKER says.</summary>
public sealed class ProcessTests
{
    [Fact]
    public async Task It_stops_within_five_seconds_and_tells_clients_of_MQTT_5_why()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var client = Tool.Start(
            "stdbuf", "-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-d", "-V", "mqttv5", "-t", "any");
        await client.WaitForLine("Subscribed");

        await dashboard.Stop();

        await client.WaitForLine("Received DISCONNECT (139)"); // 0x8B: server shutting down
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
}
