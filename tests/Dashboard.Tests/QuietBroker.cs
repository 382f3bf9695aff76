using System.Text;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests;

/// <summary>The real broker and what watches it, without a network, on a clock that the test moves.</summary>
internal sealed class QuietBroker : IDisposable
{
    private readonly ServiceProvider _services;

    public QuietBroker(BrokerOptions? options = null) => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddMqttBroker(options ?? new BrokerOptions { Storage = StorageKind.Memory })
        .BuildServiceProvider();

    public SteppedTime Time { get; } = new();

    public MqttBroker Broker => _services.GetRequiredService<MqttBroker>();

    public TopicMonitor Topics => _services.GetRequiredService<TopicMonitor>();

    public MessageStreams Streams => _services.GetRequiredService<MessageStreams>();

    public JourneyLog Journeys => _services.GetRequiredService<JourneyLog>();

    public void Publish(string topic, string payload = "1", Properties? properties = null) =>
        Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes(payload), Properties: properties));

    public void Retain(string topic, string payload = "1") =>
        Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes(payload), Retain: true));

    public void Publish(IEnumerable<string> topics)
    {
        foreach (var topic in topics)
        {
            Publish(topic);
        }
    }

    public void Dispose() => _services.Dispose();

    private void Publish(PublishRequest request)
    {
        if (MqttBroker.IsOwnTopic(request.Topic))
        {
            Broker.PublishOwn(request);
        }
        else
        {
            Broker.Publish(request);
        }
    }
}
