using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Microsoft.Extensions.DependencyInjection;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>A broker of its own for each test, started by the first client or by <see cref="StartAsync"/>, on a clock that the test moves.</summary>
public abstract class BrokerTest : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _clients = [];
    private BrokerHost? _host;
    private DirectoryInfo? _directory;

    protected ManualTime Time { get; } = new();

    protected BrokerHost Host => _host ?? throw new InvalidOperationException("no broker is started yet");

    protected virtual StorageKind Storage => StorageKind.Memory;

    protected bool HasHost => _host is not null;

    /// <summary>Takes the place of services of the broker, or adds to them.</summary>
    protected virtual void AddServices(IServiceCollection services)
    {
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var client in _clients)
        {
            await client.DisposeAsync();
        }

        if (_host is not null)
        {
            await _host.DisposeAsync();
        }

        _directory?.Delete(recursive: true);
    }

    /// <summary>A message; its packet identifier is the client's business.</summary>
    protected static PublishPacket Message(string topic, string payload = "hi", QualityOfService qos = QualityOfService.AtMostOnce, bool retain = false, Properties? properties = null) =>
        new() { Topic = topic, Payload = Wire.Utf8(payload), QoS = qos, Retain = retain, Properties = properties };

    /// <summary>A CONNECT for a session that outlives its connection.</summary>
    protected static ConnectPacket Continuing(ProtocolVersion version, string clientId, uint expiry = 3600) => new()
    {
        Version = version,
        ClientId = clientId,
        CleanStart = false,
        Properties = version == ProtocolVersion.V500 ? new Properties { SessionExpiryInterval = expiry } : null,
    };

    protected async Task StartAsync(Action<BrokerOptions>? configure = null) => _host = await BrokerHost.StartAsync(Time, options =>
    {
        options.Storage = Storage;
        if (Storage == StorageKind.Sqlite)
        {
            options.DataDirectory = (_directory ??= Directory.CreateTempSubdirectory("broker")).FullName;
        }

        configure?.Invoke(options);
    }, AddServices);

    /// <summary>Stops the broker in order and starts it again with what it stored.</summary>
    protected async Task RestartAsync()
    {
        await Host.DisposeAsync();
        await StartAsync();
    }

    /// <summary>A network connection that has said nothing yet.</summary>
    protected async Task<RawClient> OpenAsync(ProtocolVersion version = ProtocolVersion.V500)
    {
        if (!HasHost)
        {
            await StartAsync();
        }

        return Keep(await RawClient.OpenAsync(Host.TcpPort, version));
    }

    protected Task<RawClient> ConnectAsync(ProtocolVersion version, string clientId = "", Properties? properties = null) =>
        ConnectAsync(new ConnectPacket { Version = version, ClientId = clientId.Length == 0 ? Guid.NewGuid().ToString("N")[..20] : clientId, Properties = properties });

    /// <summary>Connects and expects to be let in.</summary>
    protected async Task<RawClient> ConnectAsync(ConnectPacket connect)
    {
        var client = await OpenAsync(connect.Version);
        await client.ConnectAsync(connect);
        Assert.Equal(ReasonCode.Success, client.ConnAck.Reason);
        return client;
    }

    protected T Keep<T>(T client)
        where T : IAsyncDisposable
    {
        _clients.Add(client);
        return client;
    }

    /// <summary>Waits until the broker has noticed that a client is gone.</summary>
    protected Task UntilGoneAsync(string clientId) =>
        Eventually.Holds(() => Host.Service<ClientDirectory>().Find(clientId)?.Client.IsConnected != true, () => $"{clientId} is still connected", RawClient.Patience);
}
