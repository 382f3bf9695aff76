using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Tests;

/// <summary>The broker and its monitoring as the pages get them, without listeners, on a clock that the test moves.</summary>
internal sealed class Engine : IDisposable
{
    private readonly ServiceProvider _services;

    public Engine() => _services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(Time)
        .AddMqttBroker(new BrokerOptions())
        .BuildServiceProvider();

    public SteppedTime Time { get; } = new();

    public MqttBroker Broker => _services.GetRequiredService<MqttBroker>();

    public TopicMonitor Topics => _services.GetRequiredService<TopicMonitor>();

    public void Retain(string topic, string payload = "x") =>
        Broker.Publish(new PublishRequest(topic, System.Text.Encoding.UTF8.GetBytes(payload), Retain: true));

    public void Dispose() => _services.Dispose();
}
