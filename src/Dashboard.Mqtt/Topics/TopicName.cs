using System.Text.Unicode;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Topics;

/// <summary>The topic of a message (section 4.7): 1 to 65,535 bytes of UTF-8 without wildcards and without U+0000.</summary>
public static class TopicName
{
    /// <summary>Called for every PUBLISH: both checks are vectorised.</summary>
    public static bool IsValid(ReadOnlySpan<byte> utf8) =>
        !utf8.IsEmpty
        && utf8.Length <= MqttString.MaxLength
        && !utf8.ContainsAny((byte)'+', (byte)'#', (byte)0)
        && Utf8.IsValid(utf8);

    /// <inheritdoc cref="IsValid(ReadOnlySpan{byte})"/>
    public static bool IsValid(string topic) =>
        topic.Length > 0 && !topic.AsSpan().ContainsAny('+', '#') && MqttString.CanEncode(topic);

    /// <summary>What is wrong with a topic that is not valid.</summary>
    public static DecodeError Explain(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            // [MQTT-4.7.3-1]
            return new DecodeError(ReasonCode.TopicNameInvalid, FindingCode.TopicEmpty);
        }

        if (utf8.Length > MqttString.MaxLength)
        {
            // [MQTT-4.7.3-3]
            return new DecodeError(ReasonCode.TopicNameInvalid, FindingCode.TopicTooLong);
        }

        if (!Utf8.IsValid(utf8))
        {
            // [MQTT-1.5.4-1] [MQTT-1.5.3-1, 3.1.1]
            return new DecodeError(ReasonCode.MalformedPacket, FindingCode.TopicNotUtf8);
        }

        if (utf8.Contains((byte)0))
        {
            // [MQTT-1.5.4-2] [MQTT-1.5.3-2, 3.1.1] [MQTT-4.7.3-2]
            return new DecodeError(ReasonCode.MalformedPacket, FindingCode.TopicNull);
        }

        // [MQTT-3.3.2-2] [MQTT-4.7.0-1] [MQTT-4.7.1-1, 3.1.1]
        return new DecodeError(ReasonCode.TopicNameInvalid, FindingCode.TopicWildcard);
    }
}
