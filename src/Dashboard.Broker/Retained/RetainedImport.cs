using System.Text;
using Dashboard.Broker.Messages;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Broker.Retained;

/// <summary>Checks a message that comes from a file as if it came from a client, and stores it.</summary>
internal static class RetainedImport
{
    public static ImportProblem? Store(RetainedMessage message, TopicTable topics, RetainedMessages store, BrokerOptions options)
    {
        var topic = Encoding.UTF8.GetBytes(message.Topic);
        if (!TopicName.IsValid(topic) || Topic.IsBrokersOwn(topic) || topic.Length > options.MaxTopicLength || message.Topic.AsSpan().Count('/') >= options.MaxTopicLevels)
        {
            return ImportProblem.Topic;
        }

        if (message.Payload.Length == 0)
        {
            return ImportProblem.EmptyPayload;
        }

        var properties = EncodedProperties(message);
        if (topic.Length + message.Payload.Length + properties.Length > options.MaxPacketSize)
        {
            return ImportProblem.TooLarge;
        }

        var stored = ApplicationMessage.Of(
            topics.Get(topic),
            message.QoS,
            retain: true,
            message.Publisher,
            message.StoredAt.ToUnixTimeMilliseconds(),
            message.ExpiresAt?.ToUnixTimeMilliseconds() ?? ApplicationMessage.NeverExpires,
            properties,
            message.Payload);
        var outcome = store.Import(stored);
        stored.Release();
        return outcome switch
        {
            PutBack.Newer => ImportProblem.Newer,
            PutBack.Expired => ImportProblem.Expired,
            PutBack.NoRoom => ImportProblem.NoRoom,
            _ => null,
        };
    }

    /// <summary>A message that expires carries the interval, of which subscribers are told what is left [MQTT-3.3.2-6].</summary>
    private static byte[] EncodedProperties(RetainedMessage message)
    {
        var properties = message.Properties;
        if (message.ExpiresAt is { } end)
        {
            properties ??= new Properties();
            properties.MessageExpiryInterval = (uint)Math.Clamp((end - message.StoredAt).TotalSeconds, 1, uint.MaxValue);
        }

        return properties is null ? [] : PublishPropertyCodec.Encode(properties);
    }
}
