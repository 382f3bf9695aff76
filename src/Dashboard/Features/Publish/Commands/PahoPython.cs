using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A draft as a Python program with paho-mqtt, version 1 or 2.</summary>
internal static class PahoPython
{
    public static string Write(MessageDraft draft, string host, int port)
    {
        var bytes = draft.PayloadText.Bytes!;
        var message = $"{Text(draft.Topic)}, {(PayloadText.Write(bytes, PayloadNotation.Text) is { } text ? Text(text) : Bytes(bytes))}"
            + (draft.QoS == QualityOfService.AtMostOnce ? "" : $", qos={(int)draft.QoS}")
            + (draft.Retain ? ", retain=True" : "");
        var number = port.ToString(CultureInfo.InvariantCulture);
        return draft.PropertyCount == 0
            ? $"from paho.mqtt import publish\n\npublish.single({message}, hostname={Text(host)}, port={number})"
            : $"""
                import paho.mqtt.client as mqtt
                from paho.mqtt.properties import PacketTypes, Properties

                properties = Properties(PacketTypes.PUBLISH)
                {PropertiesOf(draft)}
                version = [mqtt.CallbackAPIVersion.VERSION2] if hasattr(mqtt, "CallbackAPIVersion") else []  # paho-mqtt 2 asks for it
                client = mqtt.Client(*version, protocol=mqtt.MQTTv5)
                client.connect({Text(host)}, {number})
                client.loop_start()
                client.publish({message}, properties=properties).wait_for_publish()
                client.disconnect()
                client.loop_stop()
                """;
    }

    private static string PropertiesOf(MessageDraft draft)
    {
        var lines = new StringBuilder();
        Set("ContentType", draft.ContentType.Length > 0 ? Text(draft.ContentType) : null);
        Set("ResponseTopic", draft.ResponseTopic.Length > 0 ? Text(draft.ResponseTopic) : null);
        Set("CorrelationData", draft.CorrelationBytes is { } correlation ? Bytes(correlation) : null);
        Set("MessageExpiryInterval", draft.Seconds?.ToString(CultureInfo.InvariantCulture));
        Set("PayloadFormatIndicator", draft.PayloadFormatIsUtf8 ? "1" : null);
        foreach (var property in draft.NamedProperties())
        {
            Set("UserProperty", $"({Text(property.Name)}, {Text(property.Value)})");
        }

        return lines.ToString();

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                lines.Append(CultureInfo.InvariantCulture, $"properties.{name} = {value}\n");
            }
        }
    }

    private static string Text(string text) => ScriptText.Quote(text, codePoint => $"\\U{codePoint:x8}");

    private static string Bytes(byte[] bytes) => $"bytes.fromhex(\"{Convert.ToHexStringLower(bytes)}\")";
}
