using Dashboard.Broker.Connections;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Dashboard.Broker.Hosting;

/// <summary>Takes the connections of a Kestrel listener that speaks MQTT.</summary>
internal sealed class MqttConnectionHandler(MqttBroker broker) : ConnectionHandler
{
    public override Task OnConnectedAsync(ConnectionContext connection)
    {
        var name = connection.Features.Get<ITlsHandshakeFeature>() is null ? "TCP" : "TLS";
        return new ClientConnection(new PipeTransport(connection, name), broker.Services).RunAsync();
    }
}
