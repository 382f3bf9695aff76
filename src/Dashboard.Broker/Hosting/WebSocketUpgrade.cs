using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Dashboard.Broker.Hosting;

/// <summary>The opening handshake of a WebSocket (RFC 6455, 4.2).</summary>
internal static class WebSocketUpgrade
{
    private const string Version = "13";
    private const int KeyLength = 16;

    /// <summary>Whether the request asks for a WebSocket, however badly.</summary>
    public static bool IsAskedFor(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method)
        && context.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true }
        && Names(context, HeaderNames.Upgrade).Contains("websocket", StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is one that can be answered.</summary>
    public static bool IsValid(HttpContext context) =>
        context.Request.Headers.SecWebSocketVersion == Version
        && context.Request.Headers.SecWebSocketKey is [{ } key]
        && Convert.TryFromBase64String(key, new byte[key.Length], out var length) && length == KeyLength;

    /// <summary>Sub-protocols that the client offers, in its order.</summary>
    public static IReadOnlyList<string> SubProtocols(HttpContext context) => Names(context, HeaderNames.SecWebSocketProtocol);

    /// <summary>Says yes; from then on the connection belongs to the WebSocket.</summary>
    public static async Task AcceptAsync(HttpContext context, string? subProtocol)
    {
        var headers = context.Response.Headers;
        headers.Upgrade = "websocket";
        headers.Connection = "Upgrade";
        headers.SecWebSocketAccept = Answer(context.Request.Headers.SecWebSocketKey!);
        if (subProtocol is not null)
        {
            headers.SecWebSocketProtocol = subProtocol; // [MQTT-6.0.0-4]
        }

        await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync().ConfigureAwait(false);
    }

    /// <summary>What a refusal of <see cref="IsValid"/> says besides its status (RFC 6455, 4.4).</summary>
    public static void NameVersion(HttpContext context) => context.Response.Headers.SecWebSocketVersion = Version;

    private static string[] Names(HttpContext context, string header) =>
        context.Request.Headers.GetCommaSeparatedValues(header);

    [SuppressMessage("Security", "CA5350:Do not use weak cryptographic algorithms", Justification = "RFC 6455 asks for it; it keeps no secret.")]
    private static string Answer(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
}
