using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A draft as a Python program with paho-mqtt, version 1 or 2.</summary>
internal static class PahoPython
{
    public static string Write(MessageDraft draft, string host, int port)
    {
        var program = new StringBuilder("from paho.mqtt import publish\n");
        var properties = draft.PropertyCount > 0;
        if (properties)
        {
            program.Append("from paho.mqtt.client import MQTTv5\nfrom paho.mqtt.packettypes import PacketTypes\nfrom paho.mqtt.properties import Properties\n\nproperties = Properties(PacketTypes.PUBLISH)\n");
            Set("ContentType", draft.ContentType.Length > 0 ? Text(draft.ContentType) : null);
            Set("ResponseTopic", draft.ResponseTopic.Length > 0 ? Text(draft.ResponseTopic) : null);
            Set("CorrelationData", draft.CorrelationBytes is { } correlation ? Bytes(correlation) : null);
            Set("MessageExpiryInterval", draft.Seconds?.ToString(CultureInfo.InvariantCulture));
            Set("PayloadFormatIndicator", draft.PayloadFormatIsUtf8 ? "1" : null);
            foreach (var property in draft.NamedProperties())
            {
                Set("UserProperty", $"({Text(property.Name)}, {Text(property.Value)})");
            }
        }

        var payload = draft.PayloadText.Bytes!;
        program.Append(CultureInfo.InvariantCulture, $"\npublish.single({Text(draft.Topic)}, {(PayloadText.Write(payload, PayloadNotation.Text) is { } text ? Text(text) : Bytes(payload))}, hostname={Text(host)}, port={port}");
        program.Append(draft.QoS == QualityOfService.AtMostOnce ? "" : $", qos={(int)draft.QoS}");
        program.Append(draft.Retain ? ", retain=True" : "");
        return program.Append(properties ? ", protocol=MQTTv5, properties=properties)" : ")").ToString();

        void Set(string name, string? value)
        {
            if (value is not null)
            {
                program.Append(CultureInfo.InvariantCulture, $"properties.{name} = {value}\n");
            }
        }
    }

    private static string Text(string text) => ScriptText.Quote(text, codePoint => $"\\U{codePoint:x8}");

    private static string Bytes(byte[] bytes) => $"bytes.fromhex(\"{Convert.ToHexStringLower(bytes)}\")";
}
