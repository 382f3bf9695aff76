using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Messages;

/// <summary>
/// A message that outlives its network buffer: in flight, queued or retained. Its bytes are one buffer that all holders
/// share. Each holder calls <see cref="AddReference"/> and <see cref="Release"/>; with the last one the object and its
/// buffer are used for another message, so nothing of it may be read after the release. A holder that never releases only
/// keeps it from being reused, it cannot leak it.
/// </summary>
internal sealed class ApplicationMessage
{
    public const long NeverExpires = long.MaxValue;

    /// <summary>A buffer up to this size stays with its object. The shared pool of arrays holds few of each size, fewer than may be in flight.</summary>
    private const int OwnBytes = 512;

    private byte[] _buffer = [];
    private int _propertiesLength;
    private int _payloadLength;
    private int _expiryOffset;
    private int _references;
    private int _replays;

    /// <summary>Null only while nobody holds the object.</summary>
    private Topic? _topic;

    /// <summary>A message with one reference, for the caller.</summary>
    public static ApplicationMessage Of(Topic topic, QualityOfService qos, bool retain, string? publisherId, long receivedAt, long expiresAt, ReadOnlySpan<byte> properties, ReadOnlySpan<byte> payload)
    {
        var message = ApplicationMessagePool.Rent();
        message._topic = topic;
        message.QoS = qos;
        message.Retain = retain;
        message.PublisherId = publisherId;
        message.ReceivedAt = receivedAt;
        message.ExpiresAt = expiresAt;
        message._replays = 0;
        PublishProperties.TryFindExpiry(properties, out message._expiryOffset);
        message._propertiesLength = properties.Length;
        message._payloadLength = payload.Length;
        message.MakeRoom(properties.Length + payload.Length);
        properties.CopyTo(message._buffer);
        payload.CopyTo(message._buffer.AsSpan(properties.Length));
        Volatile.Write(ref message._references, 1);
        return message;
    }

    public Topic Topic => _topic!;

    /// <summary>As published.</summary>
    public QualityOfService QoS { get; private set; }

    /// <summary>The retain flag as published.</summary>
    public bool Retain { get; private set; }

    /// <summary>Client id of the publisher; null when the server itself published.</summary>
    public string? PublisherId { get; private set; }

    /// <summary>Unix milliseconds.</summary>
    public long ReceivedAt { get; private set; }

    /// <summary>Unix milliseconds, or <see cref="NeverExpires"/>.</summary>
    public long ExpiresAt { get; private set; }

    /// <summary>How often it was sent from the retained store to a new subscriber.</summary>
    public int Replays => Volatile.Read(ref _replays);

    /// <summary>What this message counts for in limits, in bytes.</summary>
    public int Size => Topic.Utf8.Length + _propertiesLength + _payloadLength;

    public ReadOnlySpan<byte> Payload => _buffer.AsSpan(_propertiesLength, _payloadLength);

    public bool HasExpired(long now) => now >= ExpiresAt;

    public static ApplicationMessage From(in OutgoingPublish publish) => Of(
        publish.Topic, publish.QoS, publish.Retain, publish.PublisherId, publish.ReceivedAt, publish.ExpiresAt, publish.Properties, publish.Payload);

    /// <summary>What the store calls this message; 0 while it does not have it. Only the store's own thread touches it while the message is held.</summary>
    public long StoreKey { get; set; }

    /// <summary>The next one in the list of those that nobody holds.</summary>
    public ApplicationMessage? NextFree { get; set; }

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

    public void CountReplay() => Interlocked.Increment(ref _replays);

    public void AddReference() => Interlocked.Increment(ref _references);

    public void Release()
    {
        if (Interlocked.Decrement(ref _references) == 0)
        {
            if (_buffer.Length > OwnBytes)
            {
                ArrayPool<byte>.Shared.Return(_buffer);
                _buffer = [];
            }

            _topic = null;
            PublisherId = null;
            StoreKey = 0;
            ApplicationMessagePool.Return(this);
        }
    }

    private void MakeRoom(int bytes)
    {
        if (bytes > OwnBytes)
        {
            _buffer = ArrayPool<byte>.Shared.Rent(bytes); // larger than any that stays
        }
        else if (_buffer.Length < bytes)
        {
            _buffer = new byte[Math.Max(64, (int)BitOperations.RoundUpToPowerOf2((uint)bytes))];
        }
    }

    private uint SecondsLeft(long now) => (uint)Math.Clamp((ExpiresAt - now + 999) / 1000, 1, uint.MaxValue);
}
