using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

/// <summary>What a client has to refuse from a server.</summary>
public sealed class MalformedAnswerTests
{
    [Theory]
    [InlineData("0200" + "00", ReasonCode.MalformedPacket)]
    [InlineData("0000", ReasonCode.MalformedPacket)]
    [InlineData("000100", ReasonCode.ProtocolError)]
    [InlineData("0000" + "022a02", ReasonCode.ProtocolError)]
    [InlineData("0000" + "022402", ReasonCode.ProtocolError)]
    [InlineData("0000" + "03230001", ReasonCode.MalformedPacket)]
    [InlineData("0000" + "0000", ReasonCode.MalformedPacket)]
    public void CONNACK(string hex, ReasonCode reason)
    {
        Assert.False(PacketDecoder.TryReadConnAck(0, Convert.FromHexString(hex), ProtocolVersion.V500, out _, out var error));
        Assert.Equal(reason, error.Reason);
    }

    [Theory]
    [InlineData(ProtocolVersion.V311, "0001" + "03", ReasonCode.ProtocolError)]
    [InlineData(ProtocolVersion.V311, "0001" + "87", ReasonCode.MalformedPacket)]
    [InlineData(ProtocolVersion.V311, "0001", ReasonCode.ProtocolError)]
    [InlineData(ProtocolVersion.V311, "0000" + "00", ReasonCode.ProtocolError)]
    [InlineData(ProtocolVersion.V500, "0001" + "00" + "8b", ReasonCode.ProtocolError)]
    [InlineData(ProtocolVersion.V500, "0001" + "00", ReasonCode.ProtocolError)]
    public void SUBACK(ProtocolVersion version, string hex, ReasonCode reason)
    {
        Assert.False(PacketDecoder.TryReadSubAck(0, Convert.FromHexString(hex), version, out _, out var error));
        Assert.Equal(reason, error.Reason);
    }

    [Theory]
    [InlineData(ProtocolVersion.V311, "0001" + "00", ReasonCode.MalformedPacket)]
    [InlineData(ProtocolVersion.V500, "0001" + "00" + "01", ReasonCode.ProtocolError)]
    [InlineData(ProtocolVersion.V500, "0001" + "00", ReasonCode.ProtocolError)]
    public void UNSUBACK(ProtocolVersion version, string hex, ReasonCode reason)
    {
        Assert.False(PacketDecoder.TryReadUnsubAck(0, Convert.FromHexString(hex), version, out _, out var error));
        Assert.Equal(reason, error.Reason);
    }

    [Theory]
    [InlineData("04", ReasonCode.ProtocolError)]
    [InlineData("8b" + "051100000001", ReasonCode.ProtocolError)]
    public void DISCONNECT(string hex, ReasonCode reason)
    {
        Assert.False(PacketDecoder.TryReadDisconnect(0, Convert.FromHexString(hex), ProtocolVersion.V500, out _, out var error, fromServer: true));
        Assert.Equal(reason, error.Reason);
    }
}
