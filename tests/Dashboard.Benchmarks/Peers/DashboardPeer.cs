namespace Dashboard.Benchmarks.Peers;

/// <summary>Our own broker with its pages, as a user starts it, but for the store and the ports.</summary>
internal sealed class DashboardPeer : Peer
{
    public const string Title = "MQTT Dashboard";

    private readonly DashboardProcess _process;

    private DashboardPeer(DashboardProcess process) => _process = process;

    public override string Name => Title;

    public override int ProcessId => _process.ProcessId;

    public override int TcpPort => _process.Ports.Tcp;

    public override int WebSocketPort => _process.Ports.WebSocket;

    public string Address => _process.Address;

    /// <summary>From the start of the process until all its ports accepted connections.</summary>
    public TimeSpan StartTook => _process.StartTook;

    public static async Task<Peer> StartInMemory() => new DashboardPeer(await DashboardProcess.Start("--Broker:Storage=Memory"));

    /// <summary>With the default store, which survives a restart.</summary>
    public static async Task<DashboardPeer> StartOnDisk() => new(await DashboardProcess.Start());

    public Task Restart() => _process.Restart();

    public override ValueTask DisposeAsync() => _process.DisposeAsync();
}
