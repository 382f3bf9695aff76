namespace Dashboard.Testing;

/// <summary>The three listeners of the Dashboard.</summary>
public sealed record DashboardPorts(int Tcp, int WebSocket, int Pages)
{
    public static DashboardPorts Free()
    {
        var ports = FreePort.Find(3);
        return new DashboardPorts(ports[0], ports[1], ports[2]);
    }

    public IEnumerable<int> All => [Tcp, WebSocket, Pages];

    public IEnumerable<string> AsOptions() =>
        [$"--Broker:TcpPort={Tcp}", $"--Broker:WebSocketPort={WebSocket}", $"--Dashboard:Port={Pages}"];
}
