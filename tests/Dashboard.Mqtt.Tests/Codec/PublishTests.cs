using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

public sealed class PublishTests
{
    private const string Topic = "0003612f62";

    [Fact]
    public void A_view_shows_topic_payload_and_what_a_server_has_to_know()
    {
        var body = Convert.FromHexString(Topic + "0102" + "0a" + "0101" + "020000003c" + "230003" + "6869");

        Assert.True(PublishView.TryRead(0b1011, body, ProtocolVersion.V500, out var view, out var error), error.Message);

        Assert.Equal("a/b"u8, view.Topic);
        Assert.Equal("hi"u8, view.Payload);
        Assert.Equal((QualityOfService.AtLeastOnce, true, true, 0x0102), (view.QoS, view.Retain, view.Dup, view.PacketId));
        Assert.Equal(((uint?)60, (ushort)3, true), (view.Properties.MessageExpiryInterval, view.Properties.TopicAlias, view.Properties.PayloadFormatIsUtf8));
    }

    [Theory]
    [InlineData("230003" + "020000003c", "020000003c", 1)]
    [InlineData("020000003c" + "230003", "020000003c", 1)]
    [InlineData("0101" + "230003" + "020000003c", "0101" + "020000003c", 3)]
    [InlineData("230003", "", -1)]
    [InlineData("0101", "0101", -1)]
    public void The_topic_alias_stays_behind_when_properties_travel_on(string sent, string forwarded, int expiryAt)
    {
        var raw = Convert.FromHexString(sent);
        Assert.True(PublishProperties.TryRead([(byte)raw.Length, .. raw], out var properties, out var consumed, out _));
        Assert.Equal(raw.Length + 1, consumed);

        var copy = new byte[properties.ForwardedLength];
        properties.CopyForwarded(copy, out var expiryOffset);

        Assert.Equal(Convert.FromHexString(forwarded), copy);
        Assert.Equal(expiryAt, expiryOffset);
    }

    [Fact]
    public void Subscription_identifiers_are_for_servers_only()
    {
        var body = Convert.FromHexString(Topic + "05" + "0b01" + "0bac02");

        Assert.False(PublishView.TryRead(0, body, ProtocolVersion.V500, out _, out var error));
        Assert.Equal(ReasonCode.ProtocolError, error.Reason);
        Assert.True(PacketDecoder.TryReadPublish(0, body, ProtocolVersion.V500, out var packet, out _));
        Assert.Equal([1u, 300u], packet.Properties!.SubscriptionIdentifiers!);
    }

    [Fact]
    public void The_properties_of_a_will_become_those_of_a_PUBLISH_without_the_delay()
    {
        var will = AllProperties.Of(PropertyRule.Will);
        Assert.NotNull(will.WillDelayInterval);

        var read = PublishPropertyCodec.Decode(PublishPropertyCodec.Encode(will));

        will.WillDelayInterval = null;
        Assert.Equivalent(will, read, strict: true);
    }

    [Fact]
    public void The_packet_identifier_of_a_written_head_can_be_patched()
    {
        var head = new byte[PublishWriter.MaxHeadLength(3, 2)];
        var length = PublishWriter.WriteHead(
            head, ProtocolVersion.V500, "a/b"u8, QualityOfService.ExactlyOnce, true, false, 0x0102, [1, 1], 2, out var packetIdOffset);

        Assert.Equal(Convert.FromHexString("350c" + Topic + "0102" + "020101"), head[..length]);
        Assert.Equal([1, 2], head[packetIdOffset..(packetIdOffset + 2)]);
    }
}
