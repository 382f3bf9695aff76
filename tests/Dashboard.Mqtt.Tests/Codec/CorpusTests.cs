using Dashboard.Corpus;
using Dashboard.Mqtt.Codec;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Codec;

public sealed class CorpusTests
{
    public static TheoryData<string> ValidNames => [.. CorpusPacket.Valid.Select(packet => packet.ToString())];

    public static TheoryData<string> MalformedNames => [.. CorpusPacket.Malformed.Select(packet => packet.ToString())];

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Valid_packets_are_accepted(string name)
    {
        var packet = CorpusPacket.Valid.Single(candidate => candidate.ToString() == name);

        var accepted = ServerSide.TryRead(packet.Bytes, packet.Version, out var error);

        Assert.True(accepted, error.Message);
        Assert.Equal(default, error);
    }

    [Theory]
    [MemberData(nameof(MalformedNames))]
    public void Malformed_packets_are_refused_with_the_reason_and_with_words(string name)
    {
        var packet = CorpusPacket.Malformed.Single(candidate => candidate.ToString() == name);

        var accepted = ServerSide.TryRead(packet.Bytes, packet.Version, out var error);

        Assert.False(accepted);
        Assert.Equal(packet.Reason, error.Reason);
        Assert.False(string.IsNullOrWhiteSpace(error.Message));
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Every_truncation_of_a_valid_packet_needs_more(string name)
    {
        var packet = CorpusPacket.Valid.Single(candidate => candidate.ToString() == name);
        for (var length = 0; length < packet.Bytes.Length; length++)
        {
            Assert.Null(ServerSide.TryRead(packet.Bytes.AsSpan(0, length), packet.Version, out _));
        }
    }

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Every_truncated_body_under_a_fitting_header_is_read_without_an_exception(string name)
    {
        var packet = CorpusPacket.Valid.Single(candidate => candidate.ToString() == name);
        Assert.Equal(HeaderStatus.Complete, FixedHeader.TryRead(packet.Bytes, out var header));
        for (var length = 0; length < header.RemainingLength; length++)
        {
            var accepted = ServerSide.TryRead(WithLength(packet.Bytes[0], packet.Bytes.AsSpan(header.HeaderLength, length)), packet.Version, out var error);

            Assert.NotNull(accepted);
            Assert.Equal(accepted.Value, error.Finding is null);
            Assert.True(!accepted.Value || MayBeShorter(header.Type, packet.Version), $"accepted after {length} bytes");
        }
    }

    [Fact]
    public void Random_mutations_are_read_without_an_exception()
    {
        var random = new Random(20260101);
        foreach (var packet in CorpusPacket.Valid.Concat(CorpusPacket.Malformed))
        {
            for (var round = 0; round < 300; round++)
            {
                var mutated = packet.Bytes.ToArray();
                for (var change = 0; change <= round % 4; change++)
                {
                    mutated[random.Next(mutated.Length)] = (byte)random.Next(256);
                }

                var accepted = ServerSide.TryRead(mutated, packet.Version, out var error);
                Assert.Equal(accepted ?? true, error.Finding is null);
            }
        }
    }

    [Fact]
    public void Random_bodies_are_read_without_an_exception_by_both_sides()
    {
        var random = new Random(20260102);
        var body = new byte[64];
        for (var round = 0; round < 50_000; round++)
        {
            random.NextBytes(body);
            var span = body.AsSpan(0, random.Next(body.Length));
            span[..Math.Min(4, span.Length)].Clear();
            var first = (byte)random.Next(256);
            var version = (ProtocolVersion)random.Next(3, 6);
            ServerSide.TryRead(WithLength(first, span), version, out _);
            PacketDecoder.TryReadConnAck(0, span, version, out _, out _);
            PacketDecoder.TryReadSubAck(0, span, version, out _, out _);
            PacketDecoder.TryReadUnsubAck(0, span, version, out _, out _);
            PacketDecoder.TryReadPublish((byte)(first & 15), span, version, out _, out _);
            PacketDecoder.GuessVersion(span);
        }
    }

    /// <summary>A payload, more filters or an optional reason and properties may be missing without harm.</summary>
    private static bool MayBeShorter(PacketType type, ProtocolVersion version) =>
        type is PacketType.Publish or PacketType.Subscribe or PacketType.Unsubscribe
        || (version == ProtocolVersion.V310 && type == PacketType.Connect)
        || (version == ProtocolVersion.V500 && type is >= PacketType.PubAck and <= PacketType.PubComp or PacketType.Disconnect or PacketType.Auth);

    private static byte[] WithLength(byte first, ReadOnlySpan<byte> body)
    {
        Span<byte> header = stackalloc byte[5];
        header[0] = first;
        var length = 1 + VariableByteInteger.Write(header[1..], (uint)body.Length);
        return [.. header[..length], .. body];
    }
}
