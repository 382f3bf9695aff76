namespace Dashboard.Benchmarks.Peers;

/// <summary>Mosquitto, set for throughput: no limits, nothing written to disk, and its own choice of socket options, which is the faster one.</summary>
internal sealed class MosquittoPeer : Peer
{
    public const string Title = "Mosquitto";

    private readonly string _directory = Directory.CreateTempSubdirectory("bench-mosquitto-").FullName;
    private readonly Tool _tool;

    private MosquittoPeer()
    {
        var ports = FreePort.Find(2);
        (TcpPort, WebSocketPort) = (ports[0], ports[1]);
        var configuration = Path.Combine(_directory, "mosquitto.conf");
        File.WriteAllText(configuration, $"""
            listener {TcpPort} 127.0.0.1
            listener {WebSocketPort} 127.0.0.1
            protocol websockets
            allow_anonymous true
            persistence false
            max_queued_messages 0
            max_inflight_messages 0
            max_queued_bytes 0

            """);
        _tool = Tool.Start(Installed.Find("mosquitto")!, "-c", configuration);
    }

    public override string Name => Title;

    public override int ProcessId => _tool.ProcessId;

    public override int TcpPort { get; }

    public override int WebSocketPort { get; }

    public static async Task<Peer> Start()
    {
        var peer = new MosquittoPeer();
        await Eventually.Holds(
            async () => await FreePort.IsOpen(peer.TcpPort) && await FreePort.IsOpen(peer.WebSocketPort), () => $"Mosquitto listens. {peer._tool}");
        return peer;
    }

    public override async ValueTask DisposeAsync()
    {
        await _tool.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }
}
