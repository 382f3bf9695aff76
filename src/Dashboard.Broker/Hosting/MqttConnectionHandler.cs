using Dashboard.Broker.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Dashboard.Broker.Hosting;

/// <summary>Takes the connections of a Kestrel listener that speaks MQTT.</summary>
internal sealed class MqttConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection) =>
        new ClientConnection(TransportOf(connection), broker.Services).RunAsync();

    private static ITransport TransportOf(ConnectionContext connection)
    {
        if (connection is SocketConnectionContext context)
        {
            return context.Socket;
        }

        var name = connection.Features.Get<ITlsHandshakeFeature>() is null ? "TCP" : "TLS";
        return new PipeTransport(connection.Transport, name, connection.RemoteEndPoint?.ToString() ?? "unknown", connection.Abort);
    }
}
