using System.Net;
using System.Net.Sockets;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Connections.WebSockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Dashboard.Broker.Hosting;

/// <summary>Turns an HTTP request into an MQTT connection over WebSocket, or says what is wrong with it.</summary>
internal static class WebSocketEndpoint
{
    private static readonly string[] SubProtocols = ["mqtt", "mqttv3.1"];

    public static async Task AcceptAsync(HttpContext context, MqttBroker broker)
    {
        if (!WebSocketUpgrade.IsAskedFor(context))
        {
            await AnswerAsync(context, StatusCodes.Status426UpgradeRequired, "This address speaks MQTT over WebSocket. Connect with an MQTT client, for example ws://" + context.Request.Host + context.Request.PathBase + context.Request.Path).ConfigureAwait(false);
            return;
        }

        if (!WebSocketUpgrade.IsValid(context))
        {
            WebSocketUpgrade.NameVersion(context);
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "This is not a WebSocket handshake of version 13 with a key of 16 bytes.").ConfigureAwait(false);
            return;
        }

        var asked = WebSocketUpgrade.SubProtocols(context);
        var agreed = SubProtocols.FirstOrDefault(asked.Contains);
        if (agreed is null && asked.Count > 0)
        {
            // [MQTT-6.0.0-3]: "mqtt" must be among what the client offers.
            await AnswerAsync(context, StatusCodes.Status400BadRequest, "The WebSocket sub-protocol must be \"mqtt\".").ConfigureAwait(false);
            return;
        }

        await WebSocketUpgrade.AcceptAsync(context, agreed).ConfigureAwait(false);
        var transport = new WebSocketTransport(Below(context), RemoteAddress(context));
        await new ClientConnection(transport, broker.Services).RunAsync().ConfigureAwait(false);
    }

    /// <summary>The connection that carried the request.</summary>
    private static PipeTransport Below(HttpContext context) =>
        new(context.Features.GetRequiredFeature<IConnectionTransportFeature>().Transport, "HTTP", RemoteAddress(context), context.Abort);

    /// <summary>Who asked, as a known proxy has told it.</summary>
    private static string RemoteAddress(HttpContext context)
    {
        var remote = new IPEndPoint(context.Connection.RemoteIpAddress ?? IPAddress.None, context.Connection.RemotePort);
        // A proxy names the address of the client and seldom its port.
        return remote is { Port: 0, AddressFamily: AddressFamily.InterNetwork } ? remote.Address.ToString() : remote.ToString();
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
