using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Endpoints.RetainedFile;

/// <summary>
/// A retained message as one line of JSON. A payload that is text stands there as text, any other as Base64; the same file
/// can be read by people, by <c>jq</c> and by the import.
/// </summary>
internal static class RetainedLine
{
    /// <summary>Bytes of text that the JSON writer surely takes, though each may become six.</summary>
    private const int MaxText = 16 * 1024 * 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(IBufferWriter<byte> output, RetainedMessage message)
    {
        using (var json = new Utf8JsonWriter(output, Readable))
        {
            json.WriteStartObject();
            json.WriteString("topic", message.Topic);
            WritePayload(json, message.Payload);
            json.WriteNumber("qos", (int)message.QoS);
            if (message.Publisher is { } publisher)
            {
                json.WriteString("publisher", publisher);
            }

            json.WriteString("storedAt", message.StoredAt.UtcDateTime);
            if (message.ExpiresAt is { } end)
            {
                json.WriteString("expiresAt", end.UtcDateTime);
            }

            WriteProperties(json, message.Properties);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <param name="now">No message can have been stored later.</param>
    /// <exception cref="FormatException">The line is not such a message; the text says why.</exception>
    public static RetainedMessage Read(ReadOnlySequence<byte> line, DateTimeOffset now)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var json = document.RootElement;
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException(Texts.Retained_LineNoObject);
            }

            var payload = ReadPayload(json);
            var storedAt = Moment(json, "storedAt") ?? now;
            return new RetainedMessage(
                Text(json, "topic") ?? throw new FormatException(Texts.Retained_LineMissing.With("topic")),
                payload,
                payload.Length,
                ReadQoS(json),
                Text(json, "publisher"),
                storedAt > now ? now : storedAt,
                Moment(json, "expiresAt"),
                ReadProperties(json));
        }
        catch (JsonException exception)
        {
            throw new FormatException(Texts.Retained_LineNoJson.With((exception.BytePositionInLine ?? 0) + 1), exception);
        }
    }

    private static void WritePayload(Utf8JsonWriter json, byte[] payload)
    {
        if (payload.Length <= MaxText && Utf8.IsValid(payload))
        {
            json.WriteString("payload", payload);
        }
        else
        {
            json.WriteBase64String("payloadBase64", payload);
        }
    }

    private static void WriteProperties(Utf8JsonWriter json, Properties? properties)
    {
        if (properties?.PayloadFormatIsUtf8 is { } isUtf8)
        {
            json.WriteNumber("payloadFormat", isUtf8 ? 1 : 0);
        }

        if (properties?.ContentType is { } type)
        {
            json.WriteString("contentType", type);
        }

        if (properties?.ResponseTopic is { } response)
        {
            json.WriteString("responseTopic", response);
        }

        if (properties?.CorrelationData is { } correlation)
        {
            json.WriteBase64String("correlationData", correlation);
        }

        if (properties?.UserProperties is { Count: > 0 } own)
        {
            json.WriteStartArray("userProperties");
            foreach (var (name, value) in own)
            {
                json.WriteStartObject();
                json.WriteString("name", name);
                json.WriteString("value", value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }

    private static byte[] ReadPayload(JsonElement json) =>
        Base64(json, "payloadBase64") ?? Strict.GetBytes(Text(json, "payload") ?? throw new FormatException(Texts.Retained_LineMissing.With("payload")));

    private static QualityOfService ReadQoS(JsonElement json) => Number(json, "qos") switch
    {
        null or 0 => QualityOfService.AtMostOnce,
        1 => QualityOfService.AtLeastOnce,
        2 => QualityOfService.ExactlyOnce,
        _ => throw Wrong("qos"),
    };

    private static Properties? ReadProperties(JsonElement json)
    {
        var properties = new Properties
        {
            PayloadFormatIsUtf8 = Number(json, "payloadFormat") switch { null => null, 0 => false, 1 => true, _ => throw Wrong("payloadFormat") },
            ContentType = Text(json, "contentType"),
            ResponseTopic = Text(json, "responseTopic"),
            CorrelationData = Base64(json, "correlationData") switch { { Length: > ushort.MaxValue } => throw Wrong("correlationData"), var data => data },
            UserProperties = UserProperties(json),
        };
        if (properties.ResponseTopic is { } response && (response.Length == 0 || response.AsSpan().ContainsAny('+', '#')))
        {
            throw Wrong("responseTopic"); // [MQTT-3.3.2-14]
        }

        return properties is { PayloadFormatIsUtf8: null, ContentType: null, ResponseTopic: null, CorrelationData: null, UserProperties: null } ? null : properties;
    }

    private static List<UserProperty>? UserProperties(JsonElement json)
    {
        if (!json.TryGetProperty("userProperties", out var own))
        {
            return null;
        }

        return own.ValueKind == JsonValueKind.Array
            ? [.. own.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.Object && Text(one, "name") is { } name && Text(one, "value") is { } value ? new UserProperty(name, value) : throw Wrong("userProperties"))]
            : throw Wrong("userProperties");
    }

    /// <summary>A string that MQTT can carry: no U+0000, no half of a surrogate pair, at most 65,535 bytes but for the payload.</summary>
    private static string? Text(JsonElement json, string name)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return null;
        }

        try
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name);
            return name == "payload" || (Strict.GetByteCount(text) <= ushort.MaxValue && !text.Contains('\0')) ? text : throw Wrong(name);
        }
        catch (Exception exception) when (exception is InvalidOperationException or EncoderFallbackException)
        {
            throw Wrong(name);
        }
    }

    private static int? Number(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : throw Wrong(name);

    private static DateTimeOffset? Moment(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null : value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out var moment) && moment >= DateTimeOffset.UnixEpoch ? moment : throw Wrong(name);

    private static byte[]? Base64(JsonElement json, string name) =>
        !json.TryGetProperty(name, out var value) ? null : value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out var bytes) ? bytes : throw Wrong(name);

    private static FormatException Wrong(string field) => new(Texts.Retained_LineWrong.With(field));
}
