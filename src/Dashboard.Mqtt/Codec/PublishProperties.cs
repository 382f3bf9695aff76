using System.Buffers.Binary;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>
/// The validated properties of a PUBLISH as the bytes they came in, with the places of those that a server changes:
/// the topic alias (it belongs to one connection) and the message expiry interval (it counts down).
/// </summary>
public readonly ref struct PublishProperties
{
    /// <summary>One identifier byte and two bytes of alias.</summary>
    private const int AliasLength = 3;

    private readonly int _aliasAt;      // offset + 1 in Raw; 0 means absent
    private readonly int _expiryAt;     // offset + 1 of the four value bytes in Raw; 0 means absent

    private PublishProperties(ReadOnlySpan<byte> raw, int aliasAt, int expiryAt, bool payloadIsUtf8)
    {
        Raw = raw;
        _aliasAt = aliasAt;
        _expiryAt = expiryAt;
        PayloadFormatIsUtf8 = payloadIsUtf8;
    }

    /// <summary>The properties as received, without their length.</summary>
    public ReadOnlySpan<byte> Raw { get; }

    public bool PayloadFormatIsUtf8 { get; }

    /// <summary>1 to 65,535; 0 when absent.</summary>
    public ushort TopicAlias => _aliasAt == 0 ? (ushort)0 : BinaryPrimitives.ReadUInt16BigEndian(Raw[_aliasAt..]);

    /// <summary>Seconds; null when the message does not expire.</summary>
    public uint? MessageExpiryInterval => _expiryAt == 0 ? null : BinaryPrimitives.ReadUInt32BigEndian(Raw[(_expiryAt - 1)..]);

    /// <summary>Length of the properties that travel on to subscribers: all but the topic alias [MQTT-3.3.2-7].</summary>
    public int ForwardedLength => Raw.Length - (_aliasAt == 0 ? 0 : AliasLength);

    /// <summary>
    /// Copies the properties that travel on to subscribers, byte for byte: the payload format, the response topic, the correlation
    /// data, the content type, and the user properties in their order [MQTT-3.3.2-4] [MQTT-3.3.2-15] [MQTT-3.3.2-16]
    /// [MQTT-3.3.2-17] [MQTT-3.3.2-18] [MQTT-3.3.2-20].
    /// </summary>
    /// <param name="expiryOffset">Where the four bytes of the message expiry interval stand; -1 when absent.</param>
    public void CopyForwarded(Span<byte> destination, out int expiryOffset)
    {
        expiryOffset = _expiryAt - 1;
        if (_aliasAt == 0)
        {
            Raw.CopyTo(destination);
            return;
        }

        var alias = _aliasAt - 1;
        Raw[..alias].CopyTo(destination);
        Raw[(alias + AliasLength)..].CopyTo(destination[alias..]);
        if (expiryOffset > alias)
        {
            expiryOffset -= AliasLength;
        }
    }

    /// <summary>Validates the properties of a PUBLISH, length included, without allocating.</summary>
    /// <param name="fromServer">Only a server may send subscription identifiers.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> source,
        out PublishProperties properties,
        out int consumed,
        out DecodeError error,
        bool fromServer = false)
    {
        properties = default;
        consumed = 0;
        if (!source.IsEmpty && source[0] == 0)
        {
            consumed = 1;
            error = default;
            return true;
        }

        if (!VariableByteInteger.TryRead(source, out var length, out var lengthLength) || source.Length - lengthLength < length)
        {
            error = new DecodeError(ReasonCode.MalformedPacket, FindingCode.PropertiesCut, Words.Of(PacketType.Publish));
            return false;
        }

        consumed = lengthLength + (int)length;
        var raw = source.Slice(lengthLength, (int)length);
        var aliasAt = 0;
        var expiryAt = 0;
        var payloadIsUtf8 = false;
        var walker = new PropertyWalker(raw, PacketType.Publish);
        while (walker.MoveNext())
        {
            switch (walker.Id)
            {
                case PropertyId.TopicAlias:
                    aliasAt = walker.Start + 1;
                    if (walker.UInt16 == 0)
                    {
                        // [MQTT-3.3.2-8]
                        error = new DecodeError(ReasonCode.TopicAliasInvalid, FindingCode.PublishAliasZero);
                        return false;
                    }

                    break;
                case PropertyId.MessageExpiryInterval:
                    expiryAt = walker.Start + 2;
                    break;
                case PropertyId.PayloadFormatIndicator:
                    payloadIsUtf8 = walker.Byte == 1;
                    break;
                case PropertyId.SubscriptionIdentifier when !fromServer:
                    // [MQTT-3.3.4-6]
                    error = new DecodeError(ReasonCode.ProtocolError, FindingCode.PublishSubscription);
                    return false;
                case PropertyId.ResponseTopic when !Topics.TopicName.IsValid(walker.Bytes):
                    // [MQTT-3.3.2-14]
                    error = new DecodeError(ReasonCode.TopicNameInvalid, FindingCode.ResponseTopic);
                    return false;
            }
        }

        if (walker.Failed)
        {
            error = walker.Error;
            return false;
        }

        properties = new PublishProperties(raw, aliasAt, expiryAt, payloadIsUtf8);
        error = default;
        return true;
    }

    /// <summary>Finds the four bytes of the message expiry interval in encoded, valid properties.</summary>
    public static bool TryFindExpiry(ReadOnlySpan<byte> properties, out int offset)
    {
        var walker = new PropertyWalker(properties, PacketType.Publish);
        while (walker.MoveNext())
        {
            if (walker.Id == PropertyId.MessageExpiryInterval)
            {
                offset = walker.Start + 1;
                return true;
            }
        }

        offset = -1;
        return false;
    }
}
