using System.Buffers;

namespace Dashboard.Broker.Connections;

/// <summary>Recognises who knocked at the wrong door, so that a person can be told the right one.</summary>
internal static class ForeignProtocol
{
    /// <summary>Bytes that are looked at to call it text; a CONNECT does not begin with a letter.</summary>
    private const int TextLength = 4;

    private static readonly SearchValues<byte> Printable = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(letter => (byte)letter), (byte)'\t', (byte)'\r', (byte)'\n']);

    /// <summary>What came instead of a CONNECT; null when it is nothing that is known.</summary>
    public static EventText? Recognise(ReadOnlySpan<byte> start)
    {
        if (start is [0x16, 0x03, ..])
        {
            return new EventText(EventCode.CauseTls);
        }

        if (StartsLikeHttp(start))
        {
            return new EventText(EventCode.CauseHttp);
        }

        return start.Length >= TextLength && !start[..TextLength].ContainsAnyExcept(Printable) ? new EventText(EventCode.CauseText) : null;
    }

    private static bool StartsLikeHttp(ReadOnlySpan<byte> start) =>
        start.StartsWith("GET "u8) || start.StartsWith("POST "u8) || start.StartsWith("HEAD "u8) || start.StartsWith("PUT "u8)
        || start.StartsWith("OPTIONS "u8) || start.StartsWith("CONNECT "u8) || start.StartsWith("PRI * HTTP/2"u8);
}
