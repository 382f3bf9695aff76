using System.Net;
using Dashboard.Broker.Hosting;
using Dashboard.Broker.Monitoring;
using Dashboard.Broker.Monitoring.Busiest;
using Dashboard.Broker.Monitoring.History;
using Dashboard.Broker.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Dashboard.Broker;

/// <summary>How a program takes the broker in: add it, listen with it, map it.</summary>
public static class BrokerServices
{
    /// <summary>Adds the broker and what watches it.</summary>
    public static IServiceCollection AddMqttBroker(this IServiceCollection services, BrokerOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<TopicMonitor>();
        services.AddSingleton<MessageStreams>();
        services.AddSingleton<JourneyLog>();
        services.AddSingleton<ClientEventLog>();
        services.AddSingleton<ClientEventWriter>();
        services.AddSingleton<BrokerMonitor>();
        services.AddSingleton<IBrokerStore>(provider => options.Storage == StorageKind.Memory
            ? new MemoryStore()
            : ActivatorUtilities.CreateInstance<SqliteStore>(provider));
        services.AddSingleton(provider => new MqttBroker(options, provider.GetRequiredService<IBrokerStore>(), provider.GetRequiredService<BrokerMonitor>(), provider.GetRequiredService<TimeProvider>(), provider.GetServices<IEnhancedAuthentication>()));
        services.AddSingleton<ClientDirectory>();
        services.AddSingleton<BrokerHistory>();
        services.AddSingleton<BusiestNow>();
        services.AddSingleton<PacketTraces>();
        services.AddSingleton(provider => new BrokerStatistics(provider.GetRequiredService<MqttBroker>(), provider.GetRequiredService<BrokerMonitor>(), provider.GetRequiredService<BrokerHistory>()));
        services.AddSingleton<IConnectionListenerFactory, SocketListenerFactory>();
        services.AddHostedService<BrokerRestore>(); // first: what was kept is there before anybody connects
        services.AddHostedService<BrokerHousekeeping>();
        services.AddHostedService<HistoryKeeper>(); // before the first sample: what came earlier comes first
        services.AddHostedService<StatisticsRecorder>();
        services.AddHostedService<SysTopics>();
        return services;
    }

    /// <summary>Listens for MQTT over plain TCP, on the broker's own socket loops where the system has epoll.</summary>
    public static void ListenMqtt(this KestrelServerOptions kestrel, IPAddress address, int port) =>
        kestrel.Listen(new MqttEndPoint(address, port), listen => listen.UseMqtt());

    /// <summary>Makes a Kestrel listener speak MQTT, behind what was set up for it before, such as TLS.</summary>
    public static ListenOptions UseMqtt(this ListenOptions listen)
    {
        listen.UseConnectionHandler<MqttConnectionHandler>();
        return listen;
    }

    /// <summary>Serves MQTT over WebSocket at a path; nothing else is served there.</summary>
    public static IEndpointConventionBuilder MapMqtt(this IEndpointRouteBuilder endpoints, string path) =>
        endpoints.Map(path, (HttpContext context, MqttBroker broker) => WebSocketEndpoint.AcceptAsync(context, broker));
}
