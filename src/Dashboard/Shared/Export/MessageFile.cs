using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Dashboard.Broker.Monitoring;

namespace Dashboard.Shared.Export;

/// <summary>Messages as lines of a file: one JSON object each (NDJSON), or CSV after RFC 4180 with a head line.</summary>
internal static class MessageFile
{
    public const string CsvHead = "sequence,time,topic,qos,retain,publisher,size,encoding,payload,sent,queued,dropped\r\n";

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void WriteJsonLine(IBufferWriter<byte> file, MessageRecord message)
    {
        using (var json = new Utf8JsonWriter(file, Plain))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", message.Sequence);
            json.WriteString("time", Time(message));
            json.WriteString("topic", message.Topic);
            json.WriteNumber("qos", (int)message.QoS);
            json.WriteBoolean("retain", message.Retain);
            json.WriteString("publisher", message.Publisher);
            json.WriteNumber("size", message.PayloadSize);
            if (Utf8.IsValid(message.Payload))
            {
                json.WriteString("payload", message.Payload);
            }
            else
            {
                json.WriteBase64String("payloadBase64", message.Payload);
            }

            if (message.Payload.Length < message.PayloadSize)
            {
                json.WriteNumber("payloadKept", message.Payload.Length);
            }

            WriteProperties(json, message);
            json.WriteNumber("sent", message.Sent);
            json.WriteNumber("queued", message.Queued);
            json.WriteNumber("dropped", message.Dropped);
            json.WriteEndObject();
        }

        file.Write("\n"u8);
    }

    public static string CsvLine(MessageRecord message)
    {
        var isText = Utf8.IsValid(message.Payload);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{message.Sequence},{Time(message)},{Cell(message.Topic)},{(int)message.QoS},{(message.Retain ? "true" : "false")},{Cell(message.Publisher ?? "")},{message.PayloadSize},{(isText ? "text" : "base64")},{Cell(isText ? Encoding.UTF8.GetString(message.Payload) : Convert.ToBase64String(message.Payload))},{message.Sent},{message.Queued},{message.Dropped}\r\n");
    }

    private static void WriteProperties(Utf8JsonWriter json, MessageRecord message)
    {
        if (message.Properties is not { } properties)
        {
            return;
        }

        json.WriteStartObject("properties");
        Write("contentType", properties.ContentType);
        Write("payloadFormat", properties.PayloadFormatIsUtf8 switch { true => "utf-8", false => "bytes", null => null });
        Write("responseTopic", properties.ResponseTopic);
        Write("correlationData", properties.CorrelationData is { } data ? Convert.ToBase64String(data) : null);
        if (properties.MessageExpiryInterval is { } seconds)
        {
            json.WriteNumber("messageExpiryInterval", seconds);
        }

        json.WriteStartArray("userProperties");
        foreach (var property in properties.UserProperties ?? [])
        {
            json.WriteStartArray();
            json.WriteStringValue(property.Name);
            json.WriteStringValue(property.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        void Write(string name, string? value)
        {
            if (value is not null)
            {
                json.WriteString(name, value);
            }
        }
    }

    private static string Time(MessageRecord message) => message.Time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Quoted where it must be; what a spreadsheet would run as a formula gets an apostrophe, numbers stay.</summary>
    private static string Cell(string text)
    {
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) && !double.TryParse(text, CultureInfo.InvariantCulture, out _))
        {
            text = "'" + text;
        }

        return text.AsSpan().ContainsAny("\",\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
