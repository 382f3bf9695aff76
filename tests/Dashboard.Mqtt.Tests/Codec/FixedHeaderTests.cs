using System.Buffers;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

public sealed class FixedHeaderTests
{
    [Theory]
    [InlineData(0u, "00")]
    [InlineData(127u, "7f")]
    [InlineData(128u, "8001")]
    [InlineData(16_383u, "ff7f")]
    [InlineData(16_384u, "808001")]
    [InlineData(2_097_151u, "ffff7f")]
    [InlineData(2_097_152u, "80808001")]
    [InlineData(268_435_455u, "ffffff7f")]
    public void The_limits_of_the_variable_byte_integer_are_those_of_table_1_1(uint value, string hex)
    {
        var written = new byte[4];
        var length = VariableByteInteger.Write(written, value);

        Assert.Equal(Convert.FromHexString(hex), written[..length]);
        Assert.Equal(length, VariableByteInteger.Length(value));
        Assert.True(VariableByteInteger.TryRead(written.AsSpan(0, length), out var read, out var readLength));
        Assert.Equal((value, length), (read, readLength));
        Assert.Equal(HeaderStatus.Complete, FixedHeader.TryRead([0x30, .. written[..length]], out var header));
        Assert.Equal((int)value, header.RemainingLength);
        Assert.True(header.UsesFewestBytes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData("8000")]
    [InlineData("80808000")]
    [InlineData("ffffffff01")]
    public void A_variable_byte_integer_that_is_cut_off_padded_or_too_long_is_refused(string hex) =>
        Assert.False(VariableByteInteger.TryRead(Convert.FromHexString(hex), out _, out _));

    [Fact]
    public void A_header_is_read_the_same_from_every_split()
    {
        byte[] bytes = [0x32, 0x80, 0x80, 0x80, 0x01, 0xAA];
        for (var split = 1; split < bytes.Length; split++)
        {
            var buffer = Sequence.Of(bytes[..split], bytes[split..]);
            Assert.Equal(HeaderStatus.Complete, FixedHeader.TryRead(in buffer, out var header));
            Assert.Equal((PacketType.Publish, 2, 2_097_152, 5), (header.Type, header.Flags, header.RemainingLength, header.HeaderLength));
        }

        for (var length = 0; length < 5; length++)
        {
            var buffer = new ReadOnlySequence<byte>(bytes, 0, length);
            Assert.Equal(HeaderStatus.NeedMore, FixedHeader.TryRead(in buffer, out _));
        }
    }
}
