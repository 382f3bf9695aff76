using Dashboard.Broker.Connections;

namespace Dashboard.Broker.Monitoring.Busiest;

/// <summary>What clients sent and were sent since the last look, those that have left since among them.</summary>
internal sealed class BusiestClients(MqttBroker broker)
{
    private const int Shown = 8;

    private Dictionary<ClientConnection, Traffic> _before = [];

    public (IReadOnlyList<Busy> ByMessages, IReadOnlyList<Busy> ByBytes) Take()
    {
        var byMessages = new TopOf(Shown, one => one.Messages);
        var byBytes = new TopOf(Shown, one => one.Bytes);
        var (open, departed) = broker.Connections.TakeDepartures();
        var now = new Dictionary<ClientConnection, Traffic>(open.Count);
        foreach (var connection in open)
        {
            var traffic = connection.Traffic;
            now[connection] = traffic;
            _before.Remove(connection, out var before);
            if (connection.ClientId is not { } client)
            {
                continue;
            }

            if (departed.TryGetValue(client, out var earlier))
            {
                departed[client] = earlier + (traffic - before); // it came back
            }
            else
            {
                Rank(client, traffic - before);
            }
        }

        // What is left has closed; what went over it before the last look was ranked then.
        foreach (var (connection, before) in _before)
        {
            if (connection.ClientId is { } client && departed.TryGetValue(client, out var all))
            {
                departed[client] = all - before;
            }
        }

        foreach (var (client, traffic) in departed)
        {
            Rank(client, traffic);
        }

        _before = now;
        return (byMessages.Descending, byBytes.Descending);

        void Rank(string client, in Traffic traffic)
        {
            var messages = traffic.PublishesReceived + traffic.PublishesSent;
            var bytes = traffic.BytesReceived + traffic.BytesSent;
            if (byMessages.Wants(messages) || byBytes.Wants(bytes))
            {
                var busy = new Busy(client, messages, bytes);
                byMessages.Add(busy);
                byBytes.Add(busy);
            }
        }
    }
}
