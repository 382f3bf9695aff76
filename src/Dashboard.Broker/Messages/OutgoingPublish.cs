using System.Buffers.Binary;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Messages;

/// <summary>
/// A message on its way to its subscribers, still as views over the network buffer. It is encoded once for each protocol
/// version, QoS and retain flag that is asked for, and copied into an <see cref="ApplicationMessage"/> only when somebody has to keep it.
/// </summary>
internal ref struct OutgoingPublish
{
    private readonly PublishEncodings _encodings;
    private ApplicationMessage? _kept;

    public OutgoingPublish(Topic topic, in PublishView view, string? publisherId, long receivedAt, PublishEncodings encodings)
    {
        Topic = topic;
        Payload = view.Payload;
        QoS = view.QoS;
        Retain = view.Retain;
        PublisherId = publisherId;
        ReceivedAt = receivedAt;
        ExpiryOffset = -1;
        ExpiresAt = ApplicationMessage.NeverExpires;
        _encodings = encodings;
        encodings.Clear();
        if (!view.Properties.Raw.IsEmpty)
        {
            var forwarded = encodings.RentProperties(view.Properties.ForwardedLength);
            view.Properties.CopyForwarded(forwarded, out var expiryOffset);
            Properties = forwarded;
            SetExpiry(expiryOffset);
        }
    }

    public OutgoingPublish(Topic topic, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload, QualityOfService qos, bool retain, string? publisherId, long receivedAt, PublishEncodings encodings)
    {
        Topic = topic;
        Properties = properties;
        Payload = payload;
        QoS = qos;
        Retain = retain;
        PublisherId = publisherId;
        ReceivedAt = receivedAt;
        ExpiryOffset = -1;
        ExpiresAt = ApplicationMessage.NeverExpires;
        _encodings = encodings;
        encodings.Clear();
        if (PublishProperties.TryFindExpiry(properties, out var expiryOffset))
        {
            SetExpiry(expiryOffset);
        }
    }

    public Topic Topic { get; }

    /// <summary>Encoded MQTT 5.0 properties that travel on, without their length.</summary>
    public ReadOnlySpan<byte> Properties { get; }

    /// <summary>Where the message expiry interval stands in <see cref="Properties"/>; -1 when absent.</summary>
    public int ExpiryOffset { get; private set; }

    public ReadOnlySpan<byte> Payload { get; }

    public QualityOfService QoS { get; }

    public bool Retain { get; }

    /// <summary>Client id of the publisher, for no-local too; null when the server publishes.</summary>
    public string? PublisherId { get; }

    /// <summary>Unix milliseconds.</summary>
    public long ReceivedAt { get; }

    /// <summary>Unix milliseconds, or <see cref="ApplicationMessage.NeverExpires"/>.</summary>
    public long ExpiresAt { get; private set; }

    /// <summary>Why it goes to nobody; null for a message that is on its way.</summary>
    public MessageRefusal? Refusal { get; set; }

    /// <summary>The number under which its steps are told; 0 when nobody listens.</summary>
    public long Journey { get; set; }

    /// <summary>How many share the subscription that it is being delivered to; 0 when it is not a shared one.</summary>
    public int GroupMembers { get; set; }

    /// <summary>Everything before the payload, for a receiver without subscription identifiers.</summary>
    /// <param name="packetIdOffset">Where to write the packet identifier; -1 at QoS 0.</param>
    public readonly Span<byte> Head(ProtocolVersion version, QualityOfService qos, bool retain, uint[]? subscriptionIds, out int packetIdOffset) =>
        subscriptionIds is null || version != ProtocolVersion.V500
            ? _encodings.Get(version, Topic.Utf8, qos, retain, Properties, Payload.Length, out packetIdOffset)
            : _encodings.GetWithIds(Topic.Utf8, qos, retain, subscriptionIds, Properties, Payload.Length, out packetIdOffset);

    /// <summary>The copy that may be kept. The caller adds its own reference.</summary>
    public ApplicationMessage Keep() => _kept ??= ApplicationMessage.From(this);

    /// <summary>Gives up this object's own reference to the kept copy; call once, when all subscribers have been served.</summary>
    public readonly void Done() => _kept?.Release();

    private void SetExpiry(int offset)
    {
        ExpiryOffset = offset;
        if (offset >= 0)
        {
            ExpiresAt = ReceivedAt + (BinaryPrimitives.ReadUInt32BigEndian(Properties[offset..]) * 1000L);
        }
    }
}
