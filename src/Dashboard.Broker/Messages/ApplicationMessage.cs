using System.Buffers;
using System.Buffers.Binary;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Messages;

/// <summary>
/// A message that outlives its network buffer: in flight, queued or retained. Its bytes are one rented buffer that all
/// holders share. Each holder calls <see cref="AddReference"/> and <see cref="Release"/>; the last one gives the buffer
/// back. A holder that never releases only keeps the buffer from being reused, it cannot leak it.
/// </summary>
internal sealed class ApplicationMessage
{
    public const long NeverExpires = long.MaxValue;

    private readonly byte[] _buffer;
    private readonly int _propertiesLength;
    private readonly int _payloadLength;
    private readonly int _expiryOffset;
    private int _references = 1;

    /// <summary>A message as it was stored.</summary>
    public ApplicationMessage(Topic topic, QualityOfService qos, bool retain, string? publisherId, long receivedAt, long expiresAt, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
    {
        Topic = topic;
        QoS = qos;
        Retain = retain;
        PublisherId = publisherId;
        ReceivedAt = receivedAt;
        ExpiresAt = expiresAt;
        PublishProperties.TryFindExpiry(properties, out _expiryOffset);
        _propertiesLength = properties.Length;
        _payloadLength = payload.Length;
        _buffer = ArrayPool<byte>.Shared.Rent(_propertiesLength + _payloadLength);
        properties.CopyTo(_buffer);
        payload.CopyTo(_buffer.AsSpan(_propertiesLength));
    }

    public Topic Topic { get; }

    /// <summary>As published.</summary>
    public QualityOfService QoS { get; }

    /// <summary>The retain flag as published.</summary>
    public bool Retain { get; }

    /// <summary>Client id of the publisher; null when the server itself published.</summary>
    public string? PublisherId { get; }

    /// <summary>Unix milliseconds.</summary>
    public long ReceivedAt { get; }

    /// <summary>Unix milliseconds, or <see cref="NeverExpires"/>.</summary>
    public long ExpiresAt { get; }

    /// <summary>What this message counts for in limits, in bytes.</summary>
    public int Size => Topic.Utf8.Length + _propertiesLength + _payloadLength;

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_propertiesLength, _payloadLength);

    public bool HasExpired(long now) => now >= ExpiresAt;

    public static ApplicationMessage From(in OutgoingPublish publish) => new(
        publish.Topic, publish.QoS, publish.Retain, publish.PublisherId, publish.ReceivedAt, publish.ExpiresAt, publish.Properties, publish.Payload);

    /// <summary>What the store calls this message; 0 while it does not have it. Only the store's own thread touches it.</summary>
    public long StoreKey { get; set; }

    public ReadOnlySpan<byte> Properties => _buffer.AsSpan(0, _propertiesLength);

    /// <summary>
    /// The properties as they go to a subscriber at <paramref name="now"/>: the message expiry interval is what was
    /// received less the time the message has waited [MQTT-3.3.2-6].
    /// </summary>
    public ReadOnlySpan<byte> PropertiesAt(long now)
    {
        var properties = _buffer.AsSpan(0, _propertiesLength);
        if (_expiryOffset >= 0)
        {
            // Every holder writes what is right at its moment; a holder that reads the value of another is off by less than a second.
            BinaryPrimitives.WriteUInt32BigEndian(properties[_expiryOffset..], SecondsLeft(now));
        }

        return properties;
    }

    public Properties? DecodeProperties(long now) =>
        _propertiesLength == 0 ? null : PublishPropertyCodec.Decode(PropertiesAt(now));

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }
    }

    private uint SecondsLeft(long now) => (uint)Math.Clamp((ExpiresAt - now + 999) / 1000, 1, uint.MaxValue);
}
