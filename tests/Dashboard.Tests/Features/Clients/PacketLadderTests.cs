using Dashboard.Broker.Monitoring;
using Dashboard.Features.Clients;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class PacketLadderTests
{
    [Fact]
    public void A_packet_is_one_line()
    {
        Assert.Equal("a/b · QoS 1 · id 7 · retain · 2 B of payload", Line(0x33, 9, 0, 3, (byte)'a', (byte)'/', (byte)'b', 0, 7, (byte)'h', (byte)'i'));
        Assert.Equal("a/# · id 1", Line(0x82, 8, 0, 1, 0, 3, (byte)'a', (byte)'/', (byte)'#', 1));
        Assert.Equal("id 1", Line(0x40, 2, 0, 1));
        Assert.Equal("", Line(0xC0, 0));
    }

    [Fact]
    public void A_filter_chooses_by_direction_and_type_and_survives_the_address_bar()
    {
        var (ping, answer) = (Packet([0xC0, 0], fromClient: true), Packet([0xD0, 0], fromClient: false));

        Assert.True(PacketFilter.Parse("fromclient", null).Matches(ping));
        Assert.False(PacketFilter.Parse("fromclient", null).Matches(answer));
        Assert.True(PacketFilter.Parse(null, "pingresp").Matches(answer));
        Assert.Equal(PacketFilter.All, PacketFilter.Parse("sideways", "77"));
    }

    [Fact]
    public void The_bytes_of_the_chosen_field_are_marked_over_the_end_of_a_line_and_secrets_are_dots()
    {
        var bytes = Enumerable.Range(0x41, 20).Select(value => (byte)value).ToArray();
        var marked = new PacketField("Payload", 14, 4, "");
        var secret = new PacketField("Password", 0, 2, "", IsSecret: true);

        var lines = HexLine.Of(bytes, [secret, marked], marked);

        Assert.Equal(["0000", "0010"], lines.Select(line => line.Offset));
        Assert.Equal(("4f 50 ", "51 52 "), (lines[0].Hex[1], lines[1].Hex[1]));
        Assert.StartsWith("·· ·· 43 ", lines[0].Hex[0], StringComparison.Ordinal);
        Assert.Equal(("··CDEFGHIJKLMN", "OP", "QR", "ST"), (lines[0].Text[0], lines[0].Text[1], lines[1].Text[1], lines[1].Text[2]));
    }

    private static string Line(params byte[] bytes) => PacketLine.Of(Packet(bytes, fromClient: true));

    private static TracedPacket Packet(byte[] bytes, bool fromClient) => new(1, SampleClient.Now, fromClient, ProtocolVersion.V311, bytes.Length, bytes);
}
