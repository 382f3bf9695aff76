using System.Buffers;
using Dashboard.Broker.Connections;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Routing;
using Dashboard.Broker.Storage;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>The whole engine without a network: what a client sends is handled before the call returns, on the caller's thread.</summary>
internal sealed class EngineHost
{
    private readonly MqttBroker _broker;

    public EngineHost(IBrokerStore? store = null)
    {
        Streams = new MessageStreams(Options);
        Journeys = new JourneyLog(Options, Streams, Time);
        var monitor = new BrokerMonitor(Topics = new TopicMonitor(Options), Streams, Journeys, new ClientEventLog(Options), new ClientEventWriter(NullLogger<ClientEventWriter>.Instance));
        _broker = new MqttBroker(Options, store ?? new MemoryStore(), monitor, Time);
    }

    public BrokerOptions Options { get; } = new() { Storage = StorageKind.Memory };

    public ManualTime Time { get; } = new();

    public TopicMonitor Topics { get; }

    public MessageStreams Streams { get; }

    public JourneyLog Journeys { get; }

    /// <summary>Messages that a session lost.</summary>
    public long DroppedFor(string clientId) => _broker.Services.Sessions.Find(clientId)!.Outbound.Dropped;

    /// <summary>How often a limit was hit.</summary>
    public long Hits(Limit limit) => _broker.Services.Limits.All.FirstOrDefault(hit => hit.Limit == limit)?.Times ?? 0;

    public MemoryClient Connect(string clientId, ProtocolVersion version, Properties? properties = null)
    {
        var client = new MemoryClient(_broker.Services, version);
        client.Feed(Wire.Encode(version, new ConnectPacket { Version = version, ClientId = clientId, CleanStart = true, Properties = properties }));
        return client;
    }
}

/// <summary>A client of <see cref="EngineHost"/>. It counts what is sent to it.</summary>
internal sealed class MemoryClient : ITransport
{
    private readonly TaskCompletionSource _never = new();
    private readonly DeliveryBatch _batch = new();
    private readonly ClientConnection _connection;
    private readonly PacketLoop _loop;
    private readonly ProtocolVersion _version;
    private bool _isReading = true;

    public MemoryClient(ConnectionServices services, ProtocolVersion version)
    {
        _version = version;
        _connection = new ClientConnection(this, services);
        _loop = new PacketLoop(_connection, services);
    }

    public string Name => "memory";

    public string RemoteAddress => "memory";

    /// <summary>How often the broker handed something over to be sent.</summary>
    public int Sends { get; private set; }

    /// <summary>PUBLISH packets that the broker took for this client.</summary>
    public int Publishes => (int)_connection.Traffic.PublishesSent;

    /// <summary>Bytes that the broker holds for this client.</summary>
    public int Waiting => _connection.OutboxBytes;

    /// <summary>What a read from the network would bring.</summary>
    public void Feed(ReadOnlyMemory<byte> bytes)
    {
        var buffer = new ReadOnlySequence<byte>(bytes);
        _loop.Receive(ref buffer, _batch);
        _batch.Flush();
        Assert.False(_connection.IsClosing, _connection.CloseReason?.Message);
    }

    public void Subscribe(string filter, QualityOfService qos) =>
        Feed(Wire.Encode(_version, new SubscribePacket(1, [new SubscriptionRequest(filter, qos)])));

    public void StopReading() => _isReading = false;

    public ValueTask SendAsync(OutboxChunk chunks)
    {
        Sends++;
        return _isReading ? ValueTask.CompletedTask : new ValueTask(_never.Task);
    }

    public Task ReceiveAsync(IReceiver receiver) => _never.Task;

    public void StopReceiving()
    {
    }

    public void ResumeReceiving()
    {
    }

    public Task LingerAsync(IReceiver receiver, TimeSpan time) => Task.CompletedTask;

    public ValueTask CloseAsync() => ValueTask.CompletedTask;

    public void Abort()
    {
    }
}
