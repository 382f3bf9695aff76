using Dashboard.Corpus;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Tests.Anatomy;

public sealed class PacketAnatomyTests
{
    public static TheoryData<string> ValidNames => [.. CorpusPacket.Valid.Where(packet => !packet.Name.Contains("left out", StringComparison.Ordinal)).Select(packet => packet.ToString())];

    [Theory]
    [MemberData(nameof(ValidNames))]
    public void Every_byte_of_a_valid_packet_belongs_to_one_field_and_to_none_that_is_unknown(string name)
    {
        var packet = CorpusPacket.Valid.Single(candidate => candidate.ToString() == name);

        var anatomy = PacketAnatomy.Of(packet.Bytes, packet.Version);

        Assert.True(anatomy.IsWhole);
        Assert.DoesNotContain(anatomy.Fields, field => field.Name == PacketField.Unknown);
        var covered = new int[packet.Bytes.Length];
        foreach (var field in anatomy.Fields.Where(field => !field.IsPart || field.Length > 1))
        {
            for (var at = field.Start; at < field.Start + field.Length; at++)
            {
                covered[at]++;
            }
        }

        // Properties are parts of more than a byte; flags share theirs.
        Assert.All(covered.Index(), one => Assert.True(one.Item == 1 || anatomy.Fields.Any(field => field.IsPart && field.Start <= one.Index && one.Index < field.Start + field.Length), $"byte {one.Index} stands in {one.Item} fields"));
    }

    [Fact]
    public void A_password_has_a_place_and_no_value()
    {
        foreach (var packet in CorpusPacket.Valid.Where(packet => packet.Name.EndsWith(", user name and password", StringComparison.Ordinal)))
        {
            var anatomy = PacketAnatomy.Of(packet.Bytes, packet.Version);

            var password = Assert.Single(anatomy.Fields, field => field.IsSecret);
            Assert.Equal("Password", password.Name);
            Assert.Equal("pass"u8, packet.Bytes.AsSpan(password.Start + 2, password.Length - 2));
            Assert.DoesNotContain(anatomy.Fields, field => field.Value.Contains("pass", StringComparison.Ordinal));
            Assert.Equal("user", anatomy["User name"]);
        }
    }

    [Fact]
    public void No_part_of_a_password_shows_wherever_a_connect_is_cut_or_damaged()
    {
        var random = new Random(20261124);
        foreach (var packet in CorpusPacket.Valid.Where(packet => packet.Name.EndsWith(", user name and password", StringComparison.Ordinal)))
        {
            for (var round = 0; round < 2_000; round++)
            {
                var bytes = packet.Bytes.ToArray();
                bytes[random.Next(12, bytes.Length - 6)] = (byte)random.Next(256);

                // A damaged length may make a text of what was a password; what is left over never is.
                Assert.DoesNotContain(PacketAnatomy.Of(bytes, packet.Version).Fields, field => field.Name == PacketField.Unknown && field.Value.Length > 0);
            }

            for (var length = 0; length < packet.Bytes.Length; length++)
            {
                Assert.DoesNotContain(PacketAnatomy.Of(packet.Bytes.AsSpan(0, length), packet.Version).Fields, field => field.Value.Contains("pas", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void A_publish_is_told_field_by_field()
    {
        byte[] packet = [0x3B, 18, 0, 3, .. "a/b"u8, 0, 7, 5, 0x02, 0, 0, 0, 60, .. "hello"u8];

        var anatomy = PacketAnatomy.Of(packet, ProtocolVersion.V500);

        Assert.Equal(
            ["Packet type = PUBLISH (3) @0+1", "DUP = 1 @0+1", "QoS = 1 @0+1", "RETAIN = 1 @0+1", "Remaining length = 18 @1+1", "Topic name = a/b @2+5", "Packet identifier = 7 @7+2", "Properties = 5 B @9+1", "Message expiry interval = 60 @10+5", "Payload = hello @15+5"],
            anatomy.Fields.Select(field => $"{field.Name} = {field.Value} @{field.Start}+{field.Length}"));
    }

    [Fact]
    public void Subscription_options_and_reasons_are_told_by_their_names()
    {
        var subscribe = PacketAnatomy.Of([0x82, 9, 0, 1, 0, 0, 3, .. "a/#"u8, 0b0001_1101], ProtocolVersion.V500);
        Assert.Equal(["1", "1", "1", "1"], subscribe.Fields.Where(field => field.IsPart && field.Start == 10).Select(field => field.Value));

        var answer = PacketAnatomy.Of([0x90, 5, 0, 1, 0, 0x01, 0x87], ProtocolVersion.V500);
        Assert.Equal(["0x01 Granted QoS 1", "0x87 Not authorized"], answer.Fields.Where(field => field.Name == "Reason code").Select(field => field.Value));

        Assert.Equal("5 Not authorized", PacketAnatomy.Of([0x20, 2, 0, 5], ProtocolVersion.V311)["Return code"]);
    }

    [Fact]
    public void Anything_is_taken_apart_without_an_exception_and_within_its_bytes()
    {
        var random = new Random(20261125);
        foreach (var packet in CorpusPacket.Valid.Concat(CorpusPacket.Malformed))
        {
            for (var round = 0; round < 200; round++)
            {
                var bytes = packet.Bytes.ToArray();
                for (var change = 0; change <= round % 4; change++)
                {
                    bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
                }

                var cut = bytes.AsSpan(0, random.Next(bytes.Length + 1));
                var length = cut.Length;
                Assert.All(PacketAnatomy.Of(cut, packet.Version).Fields, field => Assert.True(field.Start >= 0 && field.Length >= 0 && field.Start + field.Length <= Math.Max(length, 1), $"{field} of {length}"));
            }
        }
    }
}
