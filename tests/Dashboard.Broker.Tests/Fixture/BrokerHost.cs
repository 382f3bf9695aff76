using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Dashboard.Broker.Tests.Fixture;

/// <summary>A broker on real sockets, at ports that the system chose: MQTT over TCP, over TCP by way of Kestrel's pipes, and over WebSocket at <c>/mqtt</c>.</summary>
public sealed class BrokerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ManualTime _time;
    private readonly LoggedErrors _errors;

    private BrokerHost(WebApplication app, ManualTime time, LoggedErrors errors)
    {
        _app = app;
        _time = time;
        _errors = errors;
        var addresses = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Select(address => new Uri(address)).ToArray();
        TcpPort = addresses[0].Port;
        WebAddress = addresses[1];
        PipePort = addresses[2].Port;
        WebSocketAddress = new UriBuilder(WebAddress) { Scheme = "ws", Path = "/mqtt" }.Uri;
        Broker = Service<MqttBroker>();
    }

    public int TcpPort { get; }

    /// <summary>Served as where there is no epoll.</summary>
    public int PipePort { get; }

    public Uri WebAddress { get; }

    public Uri WebSocketAddress { get; }

    public MqttBroker Broker { get; }

    public static async Task<BrokerHost> StartAsync(ManualTime time, Action<BrokerOptions>? configure = null, Action<IServiceCollection>? addServices = null)
    {
        var options = new BrokerOptions { SysInterval = TimeSpan.Zero, Storage = StorageKind.Memory };
        configure?.Invoke(options);
        var errors = new LoggedErrors();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(errors);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.ListenMqtt(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseMqtt());
        });
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddMqttBroker(options);
        addServices?.Invoke(builder.Services);
        var app = builder.Build();
        app.MapMqtt("/mqtt");
        await app.StartAsync();
        return new BrokerHost(app, time, errors);
    }

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>What it logged as errors, when the test makes it do so.</summary>
    public IReadOnlyList<string> TakeErrors() => _errors.Take();

    /// <summary>Lets time pass and does what is due by then, before it returns.</summary>
    public void Pass(TimeSpan time)
    {
        _time.Advance(time);
        Broker.Connections.CloseSilent(_time.GetUtcNow().ToUnixTimeMilliseconds());
        Broker.Sessions.EndDue();
        Broker.Memory.Measure(Environment.WorkingSet);
    }

    public async Task StopAsync()
    {
        using var timeout = new CancellationTokenSource(Eventually.Patience);
        await _app.StopAsync(timeout.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await _app.DisposeAsync();
        Assert.Empty(_errors.Lines);
    }
}
