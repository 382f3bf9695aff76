using System.Buffers;
using System.Text;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

/// <summary>What the reason codes of MQTT 5.0 become in 3.1 and 3.1.1.</summary>
public sealed class OlderVersionTests
{
    [Theory]
    [InlineData(ReasonCode.Success, 0)]
    [InlineData(ReasonCode.UnsupportedProtocolVersion, 1)]
    [InlineData(ReasonCode.ClientIdentifierNotValid, 2)]
    [InlineData(ReasonCode.ServerUnavailable, 3)]
    [InlineData(ReasonCode.QuotaExceeded, 3)]
    [InlineData(ReasonCode.BadUserNameOrPassword, 4)]
    [InlineData(ReasonCode.NotAuthorized, 5)]
    [InlineData(ReasonCode.Banned, 5)]
    public void CONNACK_has_a_return_code_and_no_session_when_refused(ReasonCode reason, byte returnCode)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, ProtocolVersion.V311, new ConnAckPacket(reason, SessionPresent: true, new Properties { ReasonString = "why" }));

        byte sessionPresent = returnCode == 0 ? (byte)1 : (byte)0;
        Assert.Equal([0x20, 2, sessionPresent, returnCode], output.WrittenSpan.ToArray());
    }

    [Fact]
    public void CONNACK_of_MQTT_3_1_knows_no_session_present()
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, ProtocolVersion.V310, new ConnAckPacket(ReasonCode.Success, SessionPresent: true));
        Assert.Equal([0x20, 2, 0, 0], output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(ProtocolVersion.V310)]
    [InlineData(ProtocolVersion.V311)]
    public void SUBACK_has_one_failure_code_and_UNSUBACK_none(ProtocolVersion version)
    {
        var output = new ArrayBufferWriter<byte>();
        PacketEncoder.Write(output, version, new SubAckPacket(1, [ReasonCode.GrantedQoS1, ReasonCode.TopicFilterInvalid, ReasonCode.NotAuthorized]));
        Assert.Equal([0x90, 5, 0, 1, 1, 0x80, 0x80], output.WrittenSpan.ToArray());

        output.ResetWrittenCount();
        PacketEncoder.Write(output, version, new UnsubAckPacket(1, [ReasonCode.NoSubscriptionExisted]));
        Assert.Equal([0xB0, 2, 0, 1], output.WrittenSpan.ToArray());
    }

    [Theory]
    [InlineData(PacketType.PubAck, ReasonCode.Success, ProtocolVersion.V500, "40020102")]
    [InlineData(PacketType.PubRec, ReasonCode.NotAuthorized, ProtocolVersion.V500, "5003010287")]
    [InlineData(PacketType.PubRec, ReasonCode.NotAuthorized, ProtocolVersion.V311, "50020102")]
    [InlineData(PacketType.PubRel, ReasonCode.Success, ProtocolVersion.V310, "62020102")]
    [InlineData(PacketType.PubComp, ReasonCode.PacketIdentifierNotFound, ProtocolVersion.V500, "7003010292")]
    public void A_plain_acknowledgement_is_four_bytes_or_five_with_a_reason(PacketType type, ReasonCode reason, ProtocolVersion version, string hex)
    {
        var written = new byte[AckWriter.MaxLength];
        var length = AckWriter.Write(written, type, 0x0102, reason, version);
        Assert.Equal(Convert.FromHexString(hex), written[..length]);
    }

    [Theory]
    [InlineData("MQTT", 5, ProtocolVersion.V500)]
    [InlineData("MQTT", 6, ProtocolVersion.V500)]
    [InlineData("MQTT", 4, ProtocolVersion.V311)]
    [InlineData("MQTT", 2, ProtocolVersion.V311)]
    [InlineData("MQIsdp", 3, ProtocolVersion.V310)]
    [InlineData("MQTT", 0x84, ProtocolVersion.V311)]
    [InlineData("HTTP", 5, ProtocolVersion.V500)]
    public void A_bad_CONNECT_is_answered_in_the_version_it_names(string name, byte level, ProtocolVersion version)
    {
        byte[] body = [0, (byte)name.Length, .. Encoding.UTF8.GetBytes(name), level];
        Assert.Equal(version, PacketDecoder.GuessVersion(body));
        Assert.Equal(ProtocolVersion.V311, PacketDecoder.GuessVersion(body.AsSpan(0, body.Length - 1)));
        Assert.Equal(ProtocolVersion.V311, PacketDecoder.GuessVersion([]));
    }

    [Fact]
    public void A_server_without_MQTT_5_may_refuse_with_the_CONNACK_of_3_1_1()
    {
        Assert.True(PacketDecoder.TryReadConnAck(0, [0, 1], ProtocolVersion.V500, out var packet, out _));
        Assert.Equal(ReasonCode.UnsupportedProtocolVersion, packet.Reason);
    }
}
