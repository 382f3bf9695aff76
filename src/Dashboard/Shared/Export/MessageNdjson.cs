using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Shared.Export;

/// <summary>One JSON object a line and message. A payload that is not text is Base64, under another name.</summary>
internal static class MessageNdjson
{
    // A file is no HTML: what people wrote stays readable in it.
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, MessageRecord message)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteNumber("sequence", message.Sequence);
            json.WriteString("time", message.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteString("topic", message.Topic);
            var payload = PayloadText.Of(message.Payload);
            json.WriteString(payload.IsBase64 ? "payloadBase64" : "payload", payload.Text);
            json.WriteNumber("payloadSize", message.PayloadSize);
            json.WriteBoolean("payloadComplete", message.Payload.Length == message.PayloadSize);
            json.WriteNumber("qos", (int)message.QoS);
            json.WriteBoolean("retain", message.Retain);
            json.WriteString("publisher", message.Publisher);
            json.WriteNumber("sent", message.Sent);
            json.WriteNumber("queued", message.Queued);
            json.WriteNumber("dropped", message.Dropped);
            if (message.Refusal is { } refusal)
            {
                json.WriteString("refused", refusal.Cause.English);
                json.WriteNumber("reasonCode", (int)refusal.Reason);
            }

            WriteProperties(json, message.Properties);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    private static void WriteProperties(Utf8JsonWriter json, Properties? properties)
    {
        if (properties is null)
        {
            return;
        }

        json.WriteStartObject("properties");
        Write("contentType", properties.ContentType);
        Write("responseTopic", properties.ResponseTopic);
        if (properties.CorrelationData is { } correlation)
        {
            json.WriteBase64String("correlationDataBase64", correlation);
        }

        if (properties.MessageExpiryInterval is { } expiry)
        {
            json.WriteNumber("messageExpiryInterval", expiry);
        }

        if (properties.PayloadFormatIsUtf8 is { } isUtf8)
        {
            json.WriteBoolean("payloadFormatIsUtf8", isUtf8);
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
}
