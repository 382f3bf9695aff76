using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.Extensions.Hosting;

namespace Dashboard.Broker.Monitoring;

/// <summary>
/// Publishes <c>$SYS/broker/#</c>, retained, with Mosquitto's names where they apply, so that scripts written for it find
/// what they look for.
/// </summary>
internal sealed class SysTopics(MqttBroker broker, BrokerStatistics statistics) : BackgroundService
{
    private readonly LoadAverage _connections = new("connections");
    private readonly LoadAverage _messagesReceived = new("messages/received");
    private readonly LoadAverage _messagesSent = new("messages/sent");
    private readonly LoadAverage _publishReceived = new("publish/received");
    private readonly LoadAverage _publishSent = new("publish/sent");
    private readonly LoadAverage _publishDropped = new("publish/dropped");
    private readonly LoadAverage _bytesReceived = new("bytes/received");
    private readonly LoadAverage _bytesSent = new("bytes/sent");
    private readonly Dictionary<string, string> _published = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = broker.Options.SysInterval;
        if (interval == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval, broker.Time);
        try
        {
            do
            {
                PublishAll(interval.TotalSeconds);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    private void PublishAll(double seconds)
    {
        var now = statistics.Latest;
        Publish("version", "MQTT Dashboard version " + Version());
        Publish("uptime", Whole((long)now.Uptime.TotalSeconds) + " seconds");
        Publish("clients/connected", Whole(now.Clients));
        Publish("clients/disconnected", Whole(now.Sessions - now.Clients));
        Publish("clients/total", Whole(now.Sessions));
        Publish("clients/maximum", Whole(now.MaximumClients));
        Publish("messages/received", Whole(now.PacketsReceived));
        Publish("messages/sent", Whole(now.PacketsSent));
        Publish("messages/stored", Whole(now.Retained + now.Queued));
        Publish("messages/inflight", Whole(now.Inflight));
        Publish("store/messages/count", Whole(now.Retained + now.Queued));
        Publish("store/messages/bytes", Whole(now.RetainedBytes + now.QueuedBytes));
        Publish("publish/messages/received", Whole(now.PublishesReceived));
        Publish("publish/messages/sent", Whole(now.PublishesSent));
        Publish("publish/messages/dropped", Whole(now.Dropped.Total));
        Publish("bytes/received", Whole(now.BytesReceived));
        Publish("bytes/sent", Whole(now.BytesSent));
        Publish("subscriptions/count", Whole(now.Subscriptions));
        Publish("retained messages/count", Whole(now.Retained));
        Publish("heap/current", Whole(GC.GetTotalMemory(forceFullCollection: false)));
        foreach (var hit in broker.Limits.All)
        {
            Publish($"limits/{hit.Limit}/hits", Whole(hit.Times));
        }

        PublishLoad(_connections, now.ConnectionsOpened, seconds);
        PublishLoad(_messagesReceived, now.PacketsReceived, seconds);
        PublishLoad(_messagesSent, now.PacketsSent, seconds);
        PublishLoad(_publishReceived, now.PublishesReceived, seconds);
        PublishLoad(_publishSent, now.PublishesSent, seconds);
        PublishLoad(_publishDropped, now.Dropped.Total, seconds);
        PublishLoad(_bytesReceived, now.BytesReceived, seconds);
        PublishLoad(_bytesSent, now.BytesSent, seconds);
    }

    private void PublishLoad(LoadAverage load, long total, double seconds)
    {
        foreach (var (topic, value) in load.Next(total, seconds))
        {
            PublishChanged(topic, value.ToString("0.00", CultureInfo.InvariantCulture));
        }
    }

    private void Publish(string name, string value) => PublishChanged("$SYS/broker/" + name, value);

    /// <summary>Like Mosquitto: what has not changed is not published again; a new subscriber gets the retained value.</summary>
    private void PublishChanged(string name, string value)
    {
        if (_published.TryGetValue(name, out var before) && before == value)
        {
            return;
        }

        _published[name] = value;
        broker.PublishOwn(new PublishRequest(name, Encoding.UTF8.GetBytes(value), Retain: true));
    }

    private static string Whole(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Version() =>
        typeof(SysTopics).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "unknown";
}
