using System.Buffers;
using System.Globalization;
using System.Text;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Shared.Export;

/// <summary>
/// Comma-separated values (RFC 4180) with a byte order mark, so that spreadsheets read UTF-8. A text that a spreadsheet would
/// take for a formula gets an apostrophe in front, as any client may publish one; plain numbers stay as they are.
/// </summary>
internal static class MessageCsv
{
    private const string Columns = "sequence,time,topic,payload,payload_encoding,payload_size,payload_complete,qos,retain,publisher,sent,queued,dropped,content_type,user_properties,refused";

    public static void WriteHead(IBufferWriter<byte> output) => Encoding.UTF8.GetBytes($"\uFEFF{Columns}\r\n", output);

    public static void Write(IBufferWriter<byte> output, MessageRecord message)
    {
        var payload = PayloadText.Of(message.Payload);
        string[] cells =
        [
            Number(message.Sequence),
            message.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture),
            Cell(message.Topic),
            Cell(payload.Text),
            payload.IsBase64 ? "base64" : "text",
            Number(message.PayloadSize),
            message.Payload.Length == message.PayloadSize ? "true" : "false",
            Number((int)message.QoS),
            message.Retain ? "true" : "false",
            Cell(message.Publisher ?? ""),
            Number(message.Sent),
            Number(message.Queued),
            Number(message.Dropped),
            Cell(message.Properties?.ContentType ?? ""),
            Cell(UserProperties(message.Properties)),
            Cell(message.Refusal?.Cause.English ?? ""),
        ];
        Encoding.UTF8.GetBytes(string.Join(',', cells) + "\r\n", output);
    }

    private static string Cell(string text)
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠' && !IsNumber(text) ? "'" + text : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static bool IsNumber(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out _);

    private static string UserProperties(Properties? properties) =>
        string.Join("; ", (properties?.UserProperties ?? []).Select(property => $"{property.Name}={property.Value}"));

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
