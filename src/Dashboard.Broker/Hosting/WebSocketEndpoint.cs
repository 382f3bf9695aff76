using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections;
using Microsoft.AspNetCore.Http;

namespace Dashboard.Broker.Hosting;

/// <summary>Turns an HTTP request into an MQTT connection over WebSocket, or says what is wrong with it.</summary>
internal static class WebSocketEndpoint
{
    private static readonly string[] SubProtocols = ["mqtt", "mqttv3.1"];

    public static async Task AcceptAsync(HttpContext context, MqttBroker broker)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await AnswerAsync(context, StatusCodes.Status426UpgradeRequired, "This address speaks MQTT over WebSocket. Connect with an MQTT client, for example ws://" + context.Request.Host + context.Request.PathBase + context.Request.Path).ConfigureAwait(false);
            return;
        }

        var asked = context.WebSockets.WebSocketRequestedProtocols;
        var agreed = SubProtocols.FirstOrDefault(asked.Contains);
        if (agreed is null && asked.Count > 0)
        {
            // [MQTT-6.0.0-3]: "mqtt" must be among what the client offers.
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "The WebSocket sub-protocol must be \"mqtt\".").ConfigureAwait(false);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(agreed).ConfigureAwait(false); // [MQTT-6.0.0-4]
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);
        // A proxy names the address of the client and seldom its port.
        var name = remote is { Port: 0, AddressFamily: AddressFamily.InterNetwork } ? remote.Address.ToString() : remote.ToString();
        await new ClientConnection(new WebSocketTransport(socket, name), broker.Services).RunAsync().ConfigureAwait(false);
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
