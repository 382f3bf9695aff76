using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A draft as a Node program with MQTT.js.</summary>
internal static class MqttJs
{
    public static string Write(MessageDraft draft, string host, int port)
    {
        var options = new List<string>();
        Add("qos", draft.QoS == QualityOfService.AtMostOnce ? null : ((int)draft.QoS).ToString(CultureInfo.InvariantCulture));
        Add("retain", draft.Retain ? "true" : null);
        Add("properties", draft.PropertyCount > 0 ? Properties(draft) : null);
        var payload = draft.PayloadText.Bytes!;
        var written = PayloadText.Write(payload, PayloadNotation.Text) is { } text ? Text(text) : Bytes(payload);
        var more = options.Count > 0 ? $", {{ {string.Join(", ", options)} }}" : "";
        var version = draft.PropertyCount > 0 ? ", { protocolVersion: 5 }" : "";
        return $"""
            const mqtt = require("mqtt");

            const client = mqtt.connect({Text($"mqtt://{host}:{port.ToString(CultureInfo.InvariantCulture)}")}{version});
            client.publish({Text(draft.Topic)}, {written}{more}, () => client.end());
            """;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                options.Add($"{name}: {value}");
            }
        }
    }

    private static string Properties(MessageDraft draft)
    {
        var properties = new StringBuilder("{");
        Set("contentType", draft.ContentType.Length > 0 ? Text(draft.ContentType) : null);
        Set("responseTopic", draft.ResponseTopic.Length > 0 ? Text(draft.ResponseTopic) : null);
        Set("correlationData", draft.CorrelationBytes is { } correlation ? Bytes(correlation) : null);
        Set("messageExpiryInterval", draft.Seconds?.ToString(CultureInfo.InvariantCulture));
        Set("payloadFormatIndicator", draft.PayloadFormatIsUtf8 ? "true" : null);
        // In brackets the name of the prototype is a name like others.
        // An array for each name: how MQTT.js takes a name that comes twice. The order between different names is theirs.
        var named = draft.NamedProperties().GroupBy(property => property.Name, property => Text(property.Value), StringComparer.Ordinal)
            .Select(values => $"{(values.Key == "__proto__" ? "[\"__proto__\"]" : Text(values.Key))}: [{string.Join(", ", values)}]").ToArray();
        Set("userProperties", named.Length > 0 ? $"{{ {string.Join(", ", named)} }}" : null);
        return properties.Append(" }").ToString();

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                properties.Append(properties.Length > 1 ? "," : "").Append(CultureInfo.InvariantCulture, $" {name}: {value}");
            }
        }
    }

    private static string Text(string text) => ScriptText.Quote(text, codePoint => $"\\u{{{codePoint:x}}}");

    private static string Bytes(byte[] bytes) => $"Buffer.from(\"{Convert.ToHexStringLower(bytes)}\", \"hex\")";
}
