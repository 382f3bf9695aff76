namespace Dashboard.Benchmarks.Peers;

/// <summary>NATS with its MQTT door, which needs JetStream.</summary>
internal sealed class NatsPeer : Peer
{
    public const string Title = "NATS";

    private readonly string _directory = Directory.CreateTempSubdirectory("bench-nats-").FullName;
    private readonly Tool _tool;

    private NatsPeer()
    {
        var ports = FreePort.Find(3);
        (TcpPort, WebSocketPort) = (ports[1], ports[2]);
        var configuration = Path.Combine(_directory, "nats.conf");
        File.WriteAllText(configuration, $$"""
            listen: 127.0.0.1:{{ports[0]}}
            server_name: peer
            jetstream { store_dir: "{{_directory}}" }
            mqtt { listen: 127.0.0.1:{{TcpPort}} }
            websocket { listen: 127.0.0.1:{{WebSocketPort}}, no_tls: true }

            """);
        _tool = Tool.Start(Installed.Find("nats-server")!, "-c", configuration);
    }

    public override string Name => Title;

    public override int ProcessId => _tool.ProcessId;

    public override int TcpPort { get; }

    public override int WebSocketPort { get; }

    /// <summary>QoS 2 came with version 2.10, which Debian does not have.</summary>
    public override int HighestQoS => 1;

    public static async Task<Peer> Start()
    {
        var peer = new NatsPeer();
        await Eventually.Holds(
            async () => await FreePort.IsOpen(peer.TcpPort) && await FreePort.IsOpen(peer.WebSocketPort), () => $"NATS listens. {peer._tool}");
        return peer;
    }

    public override async ValueTask DisposeAsync()
    {
        await _tool.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
