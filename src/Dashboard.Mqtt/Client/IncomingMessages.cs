using System.Threading.Channels;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Client;

/// <summary>The receiving side of PUBLISH: topic aliases, QoS 2 exactly once, acknowledgements.</summary>
internal sealed class IncomingMessages(MqttClientOptions options, ClientOutput output)
{
    private readonly Channel<PublishPacket> _messages = Channel.CreateBounded<PublishPacket>(
        new BoundedChannelOptions(options.MessageCapacity) { SingleWriter = true });

    private readonly Dictionary<ushort, string> _topics = [];
    private readonly HashSet<ushort> _unreleased = [];  // QoS 2: handed on, PUBREL still to come

    public ChannelReader<PublishPacket> Reader => _messages.Reader;

    public async ValueTask AddAsync(PublishPacket packet)
    {
        var message = ResolveAlias(packet);

        // Method A of section 4.3.3: handed on at once, and not a second time until it has been released [MQTT-4.3.3-10].
        var isNew = message.QoS != QualityOfService.ExactlyOnce || !options.AutomaticAcknowledgement || _unreleased.Add(message.PacketId);
        if (isNew && !await HandOnAsync(message).ConfigureAwait(false))
        {
            return;
        }

        if (options.AutomaticAcknowledgement && message.QoS != QualityOfService.AtMostOnce)
        {
            // [MQTT-4.3.2-4] [MQTT-4.3.3-8]
            var type = message.QoS == QualityOfService.AtLeastOnce ? PacketType.PubAck : PacketType.PubRec;
            await output.TrySendAsync(new AckPacket(type, message.PacketId), Codec.PacketEncoder.Write).ConfigureAwait(false);
        }
    }

    public async ValueTask ReleaseAsync(ushort packetId)
    {
        _unreleased.Remove(packetId);
        if (options.AutomaticAcknowledgement)
        {
            // [MQTT-4.3.3-11]
            await output.TrySendAsync(new AckPacket(PacketType.PubComp, packetId), Codec.PacketEncoder.Write).ConfigureAwait(false);
        }
    }

    /// <summary>What still comes is neither handed on nor acknowledged.</summary>
    public void Complete() => _messages.Writer.TryComplete();

    /// <summary>Waits for room; false when nobody reads any more.</summary>
    private async ValueTask<bool> HandOnAsync(PublishPacket message)
    {
        while (!_messages.Writer.TryWrite(message))
        {
            if (!await _messages.Writer.WaitToWriteAsync().ConfigureAwait(false))
            {
                return false;
            }
        }

        return true;
    }

    private PublishPacket ResolveAlias(PublishPacket packet)
    {
        if (packet.Properties?.TopicAlias is not { } alias)
        {
            return packet;
        }

        if (alias > (options.Connect.Properties?.TopicAliasMaximum ?? 0))
        {
            // [MQTT-3.1.2-26]
            throw new InvalidDataException($"the server sent the topic alias {alias}, which is above the client's maximum");
        }

        if (packet.Topic.Length > 0)
        {
            _topics[alias] = packet.Topic;
            return packet;
        }

        return _topics.TryGetValue(alias, out var topic)
            ? packet with { Topic = topic }
            : throw new InvalidDataException($"the server sent the topic alias {alias} before its topic");
    }
}
