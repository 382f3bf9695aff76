using System.Net.Sockets;
using System.Net.WebSockets;

namespace Dashboard.Mqtt.Client;

/// <summary>Opens the byte stream that a client speaks over.</summary>
internal static class ClientTransport
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    public static Task<Stream> OpenAsync(MqttClientOptions options, CancellationToken cancellationToken) =>
        options.WebSocketUri is { } uri
            ? OpenWebSocketAsync(uri, cancellationToken)
            : OpenTcpAsync(options.Host, options.Port, cancellationToken);

    private static async Task<Stream> OpenTcpAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task<Stream> OpenWebSocketAsync(Uri uri, CancellationToken cancellationToken)
    {
        var webSocket = new ClientWebSocket();
        try
        {
            // [MQTT-6.0.0-3]
            webSocket.Options.AddSubProtocol("mqtt");
            await webSocket.ConnectAsync(uri, cancellationToken).ConfigureAwait(false);

            // [MQTT-6.0.0-1]
            return WebSocketStream.Create(webSocket, WebSocketMessageType.Binary, CloseTimeout);
        }
        catch
        {
            webSocket.Dispose();
            throw;
        }
    }
}
