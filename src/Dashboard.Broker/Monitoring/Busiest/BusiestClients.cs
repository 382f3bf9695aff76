using Dashboard.Broker.Connections;

namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>What connected clients sent and were sent since the last look.</summary>
internal sealed class BusiestClients(MqttBroker broker)
{
    private const int Shown = 8;

    private Dictionary<ClientConnection, Traffic> _before = [];

    public (IReadOnlyList<Busy> ByMessages, IReadOnlyList<Busy> ByBytes) Take()
    {
        var byMessages = new TopOf(Shown, one => one.Messages);
        var byBytes = new TopOf(Shown, one => one.Bytes);
        var now = new Dictionary<ClientConnection, Traffic>(_before.Count);
        foreach (var connection in broker.Connections.Open)
        {
            var traffic = connection.Traffic;
            var before = _before.GetValueOrDefault(connection);
            now[connection] = traffic;
            var messages = traffic.PublishesReceived + traffic.PublishesSent - before.PublishesReceived - before.PublishesSent;
            var bytes = traffic.BytesReceived + traffic.BytesSent - before.BytesReceived - before.BytesSent;
            if (connection.ClientId is { } client && (byMessages.Wants(messages) || byBytes.Wants(bytes)))
            {
                var busy = new Busy(client, messages, bytes);
                byMessages.Add(busy);
                byBytes.Add(busy);
            }
        }

        _before = now;
        return (byMessages.Descending, byBytes.Descending);
    }
}
