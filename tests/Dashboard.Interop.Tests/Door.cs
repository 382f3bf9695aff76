namespace Dashboard.Interop.Tests;

/// <summary>The ways into the broker.</summary>
public enum Door
{
    Tcp,

    /// <summary>The port that Mosquitto users expect, 9001.</summary>
    WebSocket,

    WebSocketAnyPath,

    /// <summary><c>/mqtt</c> on the port of the pages; Mosquitto has none.</summary>
    Pages,
}
