using System.Collections.Concurrent;
using Dashboard.Broker.Connections;

namespace Dashboard.Broker.Monitoring;

/// <summary>Messages a second of each open connection, over the time between the last two samples.</summary>
internal sealed class ClientRates(MqttBroker broker)
{
    private readonly ConcurrentDictionary<ClientConnection, Reading> _readings = [];

    public (double Received, double Sent) Of(ClientConnection connection) =>
        _readings.TryGetValue(connection, out var reading) ? (reading.ReceivedPerSecond, reading.SentPerSecond) : default;

    /// <summary>Called by one thread at a time. It allocates for new connections only, as thousands of them may say nothing for hours.</summary>
    public void Sample()
    {
        var now = broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
        var open = 0;
        foreach (var connection in broker.Connections.Open)
        {
            if (!_readings.TryGetValue(connection, out var reading))
            {
                _readings[connection] = reading = new Reading(connection.OpenedAt);
            }

            reading.Take(now, connection.Traffic);
            open++;
        }

        if (_readings.Count > open)
        {
            ForgetClosed(now);
        }
    }

    private void ForgetClosed(long now)
    {
        foreach (var (connection, reading) in _readings)
        {
            if (reading.TakenAt != now)
            {
                _readings.TryRemove(connection, out _);
            }
        }
    }

    private sealed class Reading(long openedAt)
    {
        private Traffic _before;

        /// <summary>Unix milliseconds.</summary>
        public long TakenAt { get; private set; } = openedAt;

        public double ReceivedPerSecond { get; private set; }

        public double SentPerSecond { get; private set; }

        public void Take(long now, in Traffic traffic)
        {
            var seconds = Math.Max(now - TakenAt, 1) / 1000.0;
            ReceivedPerSecond = (traffic.PublishesReceived - _before.PublishesReceived) / seconds;
            SentPerSecond = (traffic.PublishesSent - _before.PublishesSent) / seconds;
            (TakenAt, _before) = (now, traffic);
        }
    }
}
