using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;
using Dashboard.Mqtt.Topics;

namespace Dashboard.Mqtt.Codec;

/// <summary>SUBSCRIBE (section 3.8) and UNSUBSCRIBE (section 3.10).</summary>
internal static class SubscribeDecoder
{
    private const int QoSBits = 0x03;
    private const int NoLocalBit = 0x04;
    private const int RetainAsPublishedBit = 0x08;
    private const int ReservedBits = 0xC0;

    public static bool TryReadSubscribe(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out SubscribePacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.Subscribe);
        // [MQTT-3.8.1-1]
        HeaderFlags.Check(ref reader, flags, PacketType.Subscribe, version);
        var packetId = reader.PacketId();
        var properties = version == ProtocolVersion.V500 ? reader.Properties(PacketType.Subscribe) : null;

        var requests = new List<SubscriptionRequest>();
        while (!reader.AtEnd)
        {
            var filter = reader.String("topic filter"); // [MQTT-3.8.3-1]
            requests.Add(ReadOptions(ref reader, filter, version));
        }

        if (requests.Count == 0)
        {
            // [MQTT-3.8.3-2] [MQTT-3.8.3-3, 3.1.1]
            reader.Fail(ReasonCode.ProtocolError, FindingCode.NoFilter, Words.Of(PacketType.Subscribe));
        }

        packet = new SubscribePacket(packetId, requests, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    public static bool TryReadUnsubscribe(byte flags, ReadOnlySpan<byte> body, ProtocolVersion version, out UnsubscribePacket packet, out DecodeError error)
    {
        var reader = new PacketReader(body, PacketType.Unsubscribe);
        // [MQTT-3.10.1-1]
        HeaderFlags.Check(ref reader, flags, PacketType.Unsubscribe, version);
        var packetId = reader.PacketId();
        var properties = version == ProtocolVersion.V500 ? reader.Properties(PacketType.Unsubscribe) : null;

        var filters = new List<string>();
        while (!reader.AtEnd)
        {
            filters.Add(reader.String("topic filter")); // [MQTT-3.10.3-1]
        }

        if (filters.Count == 0)
        {
            // [MQTT-3.10.3-2]
            reader.Fail(ReasonCode.ProtocolError, FindingCode.NoFilter, Words.Of(PacketType.Unsubscribe));
        }

        packet = new UnsubscribePacket(packetId, filters, properties);
        error = reader.Error;
        return !reader.Failed;
    }

    private static SubscriptionRequest ReadOptions(ref PacketReader reader, string filter, ProtocolVersion version)
    {
        var options = reader.Byte("subscription options");
        var reserved = version == ProtocolVersion.V500 ? ReservedBits : ~QoSBits;
        if ((options & reserved) != 0)
        {
            // [MQTT-3.8.3-5] [MQTT-3-8.3-4, 3.1.1]
            reader.Fail(ReasonCode.MalformedPacket, FindingCode.SubscribeReserved);
        }

        if ((options & QoSBits) == 3)
        {
            // Section 3.8.3.1; [MQTT-3-8.3-4, 3.1.1]
            var reason = version == ProtocolVersion.V500 ? ReasonCode.ProtocolError : ReasonCode.MalformedPacket;
            reader.Fail(reason, FindingCode.SubscribeQoS);
        }

        var retainHandling = options >> 4 & 3;
        if (retainHandling == 3)
        {
            // Section 3.8.3.1
            reader.Fail(ReasonCode.ProtocolError, FindingCode.SubscribeRetain);
        }

        var noLocal = (options & NoLocalBit) != 0;
        if (noLocal && TopicFilter.IsShared(filter))
        {
            // [MQTT-3.8.3-4]
            reader.Fail(ReasonCode.ProtocolError, FindingCode.SubscribeSharedNoLocal);
        }

        return new SubscriptionRequest(
            filter,
            (QualityOfService)(options & QoSBits),
            noLocal,
            (options & RetainAsPublishedBit) != 0,
            (RetainHandling)retainHandling);
    }
}
