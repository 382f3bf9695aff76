namespace Dashboard.Testing;

/// <summary>Mosquitto with an empty store on free ports of 127.0.0.1: the broker that the tests themselves are proven against.</summary>
public sealed class MosquittoProcess : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("mosquitto-").FullName;
    private Tool? _tool;

    private MosquittoProcess()
    {
        var ports = FreePort.Find(2);
        TcpPort = ports[0];
        WebSocketPort = ports[1];
    }

    public int TcpPort { get; }

    public int WebSocketPort { get; }

    public static async Task<MosquittoProcess> Start()
    {
        var broker = new MosquittoProcess();
        var configuration = Path.Combine(broker._directory, "mosquitto.conf");
        // Without its limits, as past them 2.0.11 drops, or never answers QoS 2, what a client sends in one go.
        await File.WriteAllTextAsync(configuration, $"""
            listener {broker.TcpPort} 127.0.0.1
            listener {broker.WebSocketPort} 127.0.0.1
            protocol websockets
            allow_anonymous true
            persistence false
            sys_interval 1
            max_queued_messages 0
            max_inflight_messages 0

            """);

        var tool = broker._tool = Tool.Start("mosquitto", "-c", configuration);
        await Eventually.Holds(
            async () => await FreePort.IsOpen(broker.TcpPort) && await FreePort.IsOpen(broker.WebSocketPort),
            () => $"Mosquitto listens. {tool}");
        return broker;
    }

    public async ValueTask DisposeAsync()
    {
        if (_tool is not null)
        {
            await _tool.DisposeAsync();
        }

        Directory.Delete(_directory, recursive: true);
    }
}
