using BenchmarkDotNet.Attributes;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Benchmarks.Micro;

/// <summary>A message through the whole engine without a network: from the bytes of a read to the bytes of a send, with monitoring.</summary>
public class DispatchBenchmarks
{
    private readonly BrokerOptions _options = new() { Storage = StorageKind.Memory };
    private MqttBroker? _broker;
    private MemoryClient? _publisher;
    private byte[] _packet = [];

    [Params(1, 100)]
    public int Receivers { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var streams = new MessageStreams(_options);
        var monitor = new BrokerMonitor(new TopicMonitor(_options), streams, new JourneyLog(_options, streams, TimeProvider.System), new ClientEventLog(_options), new ClientEventWriter(NullLogger<ClientEventWriter>.Instance));
        _broker = new MqttBroker(_options, new MemoryStore(), monitor, TimeProvider.System);
        for (var i = 0; i < Receivers; i++)
        {
            var receiver = new MemoryClient(_broker.Services, $"receiver-{i}");
            receiver.Feed(Load.ClientPackets.Subscribe(["factory/+/temperature"], qos: 0));
        }

        _publisher = new MemoryClient(_broker.Services, "publisher");
        _packet = Load.ClientPackets.Publish("factory/12/temperature", qos: 0, new byte[64], retain: false, out _, out _);
    }

    [Benchmark]
    public void PublishQoS0() => _publisher!.Feed(_packet);

    /// <summary>The server's own, as the pages and bridges publish.</summary>
    [Benchmark]
    public object PublishInTheServersName() => _broker!.Publish(new PublishRequest("factory/12/temperature", _packet));
}
