using System.Buffers.Binary;
using System.Text.Unicode;

namespace Dashboard.Broker.Connections.WebSockets;

/// <summary>Why a WebSocket ends (RFC 6455, 7.4).</summary>
internal enum CloseCode : ushort
{
    Normal = 1000,
    ProtocolError = 1002,
    UnsupportedData = 1003,
}

/// <summary>What is in a frame that closes.</summary>
internal static class ClosePayload
{
    /// <summary>Whether a client may send this: nothing, or a code of those that may be sent, and a reason in UTF-8.</summary>
    public static bool IsValid(ReadOnlySpan<byte> payload) =>
        payload.IsEmpty || (payload.Length >= sizeof(ushort) && MaySend(BinaryPrimitives.ReadUInt16BigEndian(payload)) && Utf8.IsValid(payload[sizeof(ushort)..]));

    private static bool MaySend(ushort code) => code is (>= 1000 and <= 1003) or (>= 1007 and <= 1014) or (>= 3000 and <= 4999);
}
