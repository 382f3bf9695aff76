namespace Dashboard.Broker.Connections;

/// <summary>Recognises who knocked at the wrong door, so that a person can be told the right one.</summary>
internal static class ForeignProtocol
{
    /// <summary>What came instead of a CONNECT, in words; null when it is nothing that is known.</summary>
    public static string? Recognise(ReadOnlySpan<byte> start)
    {
        if (start is [0x16, 0x03, ..])
        {
            return "a TLS client came to the port for plain MQTT; turn TLS off in the client or use the TLS port";
        }

        return StartsLikeHttp(start)
            ? "an HTTP or WebSocket client came to the port for plain MQTT; use the WebSocket port or, for the pages, the dashboard's port"
            : null;
    }

    private static bool StartsLikeHttp(ReadOnlySpan<byte> start) =>
        start.StartsWith("GET "u8) || start.StartsWith("POST "u8) || start.StartsWith("HEAD "u8) || start.StartsWith("PUT "u8)
        || start.StartsWith("OPTIONS "u8) || start.StartsWith("CONNECT "u8) || start.StartsWith("PRI * HTTP/2"u8);
}
