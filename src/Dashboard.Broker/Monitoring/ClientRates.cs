using System.Collections.Concurrent;
using Dashboard.Broker.Connections;

namespace Dashboard.Broker.Monitoring;

/// <summary>Messages a second of each open connection, over the time between the last two samples.</summary>
internal sealed class ClientRates(MqttBroker broker)
{
    private readonly ConcurrentDictionary<ClientConnection, Reading> _samples = [];

    public (double Received, double Sent) Of(ClientConnection connection) =>
        _samples.TryGetValue(connection, out var sample) ? (sample.ReceivedPerSecond, sample.SentPerSecond) : default;

    /// <summary>Called by one thread at a time.</summary>
    public void Sample()
    {
        var now = broker.Time.GetUtcNow().ToUnixTimeMilliseconds();
        foreach (var connection in broker.Connections.Open)
        {
            var before = _samples.GetValueOrDefault(connection) ?? new Reading(connection.OpenedAt, default, 0, 0);
            _samples[connection] = Since(before, now, connection.Traffic);
        }

        foreach (var (connection, sample) in _samples)
        {
            if (sample.TakenAt != now)
            {
                _samples.TryRemove(connection, out _);
            }
        }
    }

    private static Reading Since(Reading before, long now, Traffic traffic)
    {
        var seconds = Math.Max(now - before.TakenAt, 1) / 1000.0;
        return new Reading(
            now,
            traffic,
            (traffic.PublishesReceived - before.Traffic.PublishesReceived) / seconds,
            (traffic.PublishesSent - before.Traffic.PublishesSent) / seconds);
    }

    private sealed record Reading(long TakenAt, Traffic Traffic, double ReceivedPerSecond, double SentPerSecond);
}
