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
        .AddSingleton<TimeProvider>(Time)
        .AddMqttBroker(options ?? new BrokerOptions())
        .BuildServiceProvider();

    public SteppedTime Time { get; } = new();

    public TopicMonitor Topics => _services.GetRequiredService<TopicMonitor>();

    public MessageStreams Streams => _services.GetRequiredService<MessageStreams>();

    public void Publish(string topic, string payload = "1", Properties? properties = null) =>
        _services.GetRequiredService<MqttBroker>().Publish(new PublishRequest(topic, Encoding.UTF8.GetBytes(payload), Properties: properties));

    public void Publish(IEnumerable<string> topics)
    {
        foreach (var topic in topics)
        {
            Publish(topic);
        }
    }

    public void Dispose() => _services.Dispose();
}
