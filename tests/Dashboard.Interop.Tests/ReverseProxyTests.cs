using System.Net;
using System.Net.WebSockets;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Interop.Tests;

/// <summary>What a reverse proxy in front of the program sees and says.</summary>
public sealed class ReverseProxyTests
{
    [Fact]
    public async Task Everything_is_found_below_the_sub_path_and_HEAD_answers_as_GET_does()
    {
        await using var dashboard = await DashboardProcess.Start("--Dashboard:PathBase=/mqtt-dashboard");
        using var http = new HttpClient { BaseAddress = new Uri(dashboard.Address) };

        var page = await http.GetStringAsync("/mqtt-dashboard/clients");
        Assert.Contains("<base href=\"/mqtt-dashboard/\"", page, StringComparison.Ordinal);
        foreach (var path in (string[])["", "clients", "css/app.css", "_framework/blazor.web.js", "health"])
        {
            using var head = await http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/mqtt-dashboard/{path}"));
            Assert.True(head.StatusCode == HttpStatusCode.OK, $"HEAD {path} answers {head.StatusCode}");
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
        }

        using var negotiated = await http.PostAsync("/mqtt-dashboard/_blazor/negotiate?negotiateVersion=1", null);
        Assert.Equal(HttpStatusCode.OK, negotiated.StatusCode);
        using var socket = await MqttAsync(dashboard, "/mqtt-dashboard/mqtt", "10.0.0.1");
        Assert.Equal(0, await ConnectAsync(socket, "behind"));
        await dashboard.Stop();
        dashboard.AssertNoErrorLogged();
    }

    [Theory]
    [InlineData("127.0.0.0/8", 0)]
    [InlineData("10.9.9.9", (byte)ReasonCode.QuotaExceeded)] // whoever is not named is not believed
    public async Task The_limit_of_an_address_is_that_of_the_client_behind_a_known_proxy(string known, byte another)
    {
        await using var dashboard = await DashboardProcess.Start($"--Dashboard:KnownProxies={known}", "--Broker:MaxConnectionsPerAddress=1");
        using var first = await MqttAsync(dashboard, "/mqtt", "10.0.0.1");
        Assert.Equal(0, await ConnectAsync(first, "first"));
        using var same = await MqttAsync(dashboard, "/mqtt", "10.0.0.1");
        Assert.Equal((byte)ReasonCode.QuotaExceeded, await ConnectAsync(same, "same"));
        using var other = await MqttAsync(dashboard, "/mqtt", "10.0.0.2");
        Assert.Equal(another, await ConnectAsync(other, "other"));
    }

    [Fact]
    public async Task Without_any_listener_it_does_not_start_and_says_why()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(
            () => DashboardProcess.Start("--Broker:TcpPort=0", "--Broker:WebSocketPort=0", "--Dashboard:Port=0"));
        Assert.Contains("nobody could reach the program", failure.Message, StringComparison.Ordinal);
    }

    private static async Task<ClientWebSocket> MqttAsync(DashboardProcess dashboard, string path, string forwardedFor)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("mqtt");
        socket.Options.SetRequestHeader("X-Forwarded-For", forwardedFor);
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{dashboard.Ports.Pages}{path}"), CancellationToken.None);
        return socket;
    }

    /// <summary>Sends a CONNECT of MQTT 5.0 and returns the reason code of the answer.</summary>
    private static async Task<byte> ConnectAsync(ClientWebSocket socket, string id)
    {
        byte[] connect = [0x10, (byte)(13 + id.Length), 0, 4, (byte)'M', (byte)'Q', (byte)'T', (byte)'T', 5, 2, 0, 0, 0, 0, (byte)id.Length, .. id.Select(letter => (byte)letter)];
        await socket.SendAsync(connect, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        var answer = new byte[256];
        using var patience = new CancellationTokenSource(Eventually.Patience);
        await socket.ReceiveAsync(answer, patience.Token);
        Assert.Equal(0x20, answer[0]);
        return answer[3];
    }
}
