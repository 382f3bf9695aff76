namespace Dashboard.Interop.Tests;

/// <summary>The cases of the theories.</summary>
public static class Doors
{
    private static readonly Door[] WebSockets =
        BrokerUnderTest.IsReference ? [Door.WebSocket, Door.WebSocketAnyPath] : [Door.WebSocket, Door.WebSocketAnyPath, Door.Pages];

    private static readonly Door[] TcpAndWebSockets = [Door.Tcp, .. WebSockets.Where(door => door != Door.WebSocketAnyPath)];

    /// <summary>TCP and both WebSocket ports, each with MQTT 3.1.1 ("4", its level in CONNECT) and 5.</summary>
    public static TheoryData<Door, string> AndVersions() => Combine(TcpAndWebSockets, ["4", "5"]);

    public static TheoryData<Door, string, int> AndVersionsAndQualities() => AndQualities(AndVersions());

    public static TheoryData<Door, string> OfWebSocketsAndVersions() => Combine(WebSockets, ["4", "5"]);

    public static TheoryData<Door, string, int> OfWebSocketsAndVersionsAndQualities() => AndQualities(OfWebSocketsAndVersions());

    private static TheoryData<Door, string> Combine(Door[] doors, string[] versions)
    {
        var data = new TheoryData<Door, string>();
        foreach (var door in doors)
        {
            foreach (var version in versions)
            {
                data.Add(door, version);
            }
        }

        return data;
    }

    private static TheoryData<Door, string, int> AndQualities(TheoryData<Door, string> cases)
    {
        var data = new TheoryData<Door, string, int>();
        foreach (var row in cases)
        {
            for (var qos = 0; qos <= 2; qos++)
            {
                data.Add((Door)row[0], (string)row[1], qos);
            }
        }

        return data;
    }
}
