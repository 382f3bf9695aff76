using System.Buffers;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

public sealed class RoundTripTests
{
    private delegate bool Decode<TPacket>(FixedHeader header, ReadOnlySpan<byte> body, out TPacket packet, out DecodeError error);

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V500)]
    public void CONNECT_comes_back_as_it_was(ProtocolVersion version)
    {
        var is5 = version == ProtocolVersion.V500;
        var packet = new ConnectPacket
        {
            Version = version,
            ClientId = "sensor-1",
            CleanStart = false,
            KeepAlive = 30,
            UserName = "grüße",
            Password = [0, 255],
            Will = new WillMessage("will/t", [1, 2], QualityOfService.ExactlyOnce, true, is5 ? AllProperties.Of(PropertyRule.Will) : null),
            Properties = is5 ? AllProperties.Of(PacketType.Connect) : null,
        };

        var read = RoundTrip(
            output => PacketEncoder.Write(output, packet),
            (FixedHeader _, ReadOnlySpan<byte> body, out ConnectPacket result, out DecodeError error) => PacketDecoder.TryReadConnect(body, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    [Theory]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V500)]
    public void CONNACK_comes_back_as_it_was(ProtocolVersion version)
    {
        var packet = new ConnAckPacket(ReasonCode.Success, true, version == ProtocolVersion.V500 ? AllProperties.Of(PacketType.ConnAck) : null);

        var read = RoundTrip(
            output => PacketEncoder.Write(output, version, packet),
            (FixedHeader header, ReadOnlySpan<byte> body, out ConnAckPacket result, out DecodeError error) =>
                PacketDecoder.TryReadConnAck(header.Flags, body, version, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V500)]
    public void PUBLISH_comes_back_as_it_was(ProtocolVersion version)
    {
        var packet = new PublishPacket
        {
            Topic = "a/b/𝄞",
            Payload = new byte[300],
            QoS = QualityOfService.AtLeastOnce,
            Retain = true,
            Dup = true,
            PacketId = 65_535,
            Properties = version == ProtocolVersion.V500 ? AllProperties.Of(PacketType.Publish) : null,
        };

        var read = RoundTrip(
            output => PacketEncoder.Write(output, version, packet),
            (FixedHeader header, ReadOnlySpan<byte> body, out PublishPacket result, out DecodeError error) =>
                PacketDecoder.TryReadPublish(header.Flags, body, version, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    [Theory]
    [InlineData(PacketType.PubAck, ReasonCode.NoMatchingSubscribers)]
    [InlineData(PacketType.PubRec, ReasonCode.QuotaExceeded)]
    [InlineData(PacketType.PubRel, ReasonCode.PacketIdentifierNotFound)]
    [InlineData(PacketType.PubComp, ReasonCode.PacketIdentifierNotFound)]
    public void Acknowledgements_come_back_as_they_were(PacketType type, ReasonCode reason)
    {
        Check(ProtocolVersion.V500, new AckPacket(type, 7, reason, AllProperties.Of(type)));
        Check(ProtocolVersion.V500, new AckPacket(type, 7, reason));
        Check(ProtocolVersion.V500, new AckPacket(type, 7));
        Check(ProtocolVersion.V311, new AckPacket(type, 7));
        Check(ProtocolVersion.V310, new AckPacket(type, 7));

        static void Check(ProtocolVersion version, AckPacket packet)
        {
            var read = RoundTrip(
                output => PacketEncoder.Write(output, version, packet),
                (FixedHeader header, ReadOnlySpan<byte> body, out AckPacket result, out DecodeError error) =>
                {
                    Assert.True(PacketDecoder.TryReadAck(header.First, body, version, out var view, out _));
                    Assert.Equal(new AckView(packet.Type, packet.PacketId, packet.Reason), view);
                    return PacketDecoder.TryReadAckPacket(header.First, body, version, out result, out error);
                });
            Assert.Equivalent(packet, read, strict: true);
        }
    }

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V500)]
    public void SUBSCRIBE_comes_back_as_it_was(ProtocolVersion version)
    {
        var is5 = version == ProtocolVersion.V500;
        var properties = is5 ? AllProperties.Of(PacketType.Subscribe) : null;
        SubscriptionRequest[] requests =
        [
            new("a/#", QualityOfService.ExactlyOnce, is5, is5, is5 ? RetainHandling.DoNotSend : RetainHandling.SendAtSubscribe),
            new("$share/g/+", QualityOfService.AtLeastOnce, false, is5, is5 ? RetainHandling.SendAtSubscribeIfNew : RetainHandling.SendAtSubscribe),
            new("b"),
        ];
        var packet = new SubscribePacket(9, requests, properties);

        var read = RoundTrip(
            output => PacketEncoder.Write(output, version, packet),
            (FixedHeader header, ReadOnlySpan<byte> body, out SubscribePacket result, out DecodeError error) =>
                PacketDecoder.TryReadSubscribe(header.Flags, body, version, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    [InlineData(ProtocolVersion.V500)]
    public void UNSUBSCRIBE_comes_back_as_it_was(ProtocolVersion version)
    {
        var packet = new UnsubscribePacket(9, ["a/#", "b"], version == ProtocolVersion.V500 ? AllProperties.Of(PacketType.Unsubscribe) : null);

        var read = RoundTrip(
            output => PacketEncoder.Write(output, version, packet),
            (FixedHeader header, ReadOnlySpan<byte> body, out UnsubscribePacket result, out DecodeError error) =>
                PacketDecoder.TryReadUnsubscribe(header.Flags, body, version, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    [Fact]
    public void SUBACK_and_UNSUBACK_come_back_as_they_were()
    {
        var subAck = new SubAckPacket(3, [ReasonCode.GrantedQoS2, ReasonCode.TopicFilterInvalid, ReasonCode.Success], AllProperties.Of(PacketType.SubAck));
        var unsubAck = new UnsubAckPacket(4, [ReasonCode.Success, ReasonCode.NoSubscriptionExisted], AllProperties.Of(PacketType.UnsubAck));

        var readSubAck = RoundTrip(
            output => PacketEncoder.Write(output, ProtocolVersion.V500, subAck),
            (FixedHeader header, ReadOnlySpan<byte> body, out SubAckPacket result, out DecodeError error) =>
                PacketDecoder.TryReadSubAck(header.Flags, body, ProtocolVersion.V500, out result, out error));
        var readUnsubAck = RoundTrip(
            output => PacketEncoder.Write(output, ProtocolVersion.V500, unsubAck),
            (FixedHeader header, ReadOnlySpan<byte> body, out UnsubAckPacket result, out DecodeError error) =>
                PacketDecoder.TryReadUnsubAck(header.Flags, body, ProtocolVersion.V500, out result, out error));

        Assert.Equivalent(subAck, readSubAck, strict: true);
        Assert.Equivalent(unsubAck, readUnsubAck, strict: true);
    }

    [Fact]
    public void DISCONNECT_comes_back_as_it_was()
    {
        var fromServer = AllProperties.Of(PacketType.Disconnect);
        fromServer.SessionExpiryInterval = null;
        Check(ProtocolVersion.V500, false, new DisconnectPacket(ReasonCode.DisconnectWithWill, AllProperties.Of(PacketType.Disconnect)));
        Check(ProtocolVersion.V500, true, new DisconnectPacket(ReasonCode.SessionTakenOver, fromServer));
        Check(ProtocolVersion.V500, true, new DisconnectPacket(ReasonCode.KeepAliveTimeout));
        Check(ProtocolVersion.V500, false, new DisconnectPacket());
        Check(ProtocolVersion.V311, false, new DisconnectPacket());

        static void Check(ProtocolVersion version, bool fromServer, DisconnectPacket packet)
        {
            var read = RoundTrip(
                output => PacketEncoder.Write(output, version, packet),
                (FixedHeader header, ReadOnlySpan<byte> body, out DisconnectPacket result, out DecodeError error) =>
                    PacketDecoder.TryReadDisconnect(header.Flags, body, version, out result, out error, fromServer));
            Assert.Equivalent(packet, read, strict: true);
        }
    }

    [Fact]
    public void AUTH_comes_back_as_it_was()
    {
        var packet = new AuthPacket(ReasonCode.ContinueAuthentication, AllProperties.Of(PacketType.Auth));

        var read = RoundTrip(
            output => PacketEncoder.Write(output, ProtocolVersion.V500, packet),
            (FixedHeader header, ReadOnlySpan<byte> body, out AuthPacket result, out DecodeError error) =>
                PacketDecoder.TryReadAuth(header.Flags, body, out result, out error));

        Assert.Equivalent(packet, read, strict: true);
    }

    private static TPacket RoundTrip<TPacket>(Action<IBufferWriter<byte>> write, Decode<TPacket> decode)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        Assert.Equal(HeaderStatus.Complete, FixedHeader.TryRead(output.WrittenSpan, out var header));
        Assert.Equal(output.WrittenCount, header.TotalLength);
        Assert.True(decode(header, output.WrittenSpan[header.HeaderLength..], out var packet, out var error), error.Message);
        return packet;
    }
}
