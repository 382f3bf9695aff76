using System.Globalization;
using System.Text;
using Dashboard.Mqtt.Anatomy;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>What the first bytes of a connection say of who knocked: the proof of a refusal.</summary>
internal static class OpeningWords
{
    /// <summary>"10 0e 00 04 4d 51 54 54 05 …".</summary>
    public static string Hex(ReadOnlySpan<byte> bytes)
    {
        var hex = new StringBuilder();
        foreach (var value in bytes)
        {
            hex.Append(value.ToString("x2", CultureInfo.InvariantCulture)).Append(' ');
        }

        return hex.ToString().TrimEnd();
    }

    /// <summary>What they are, in words.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            return Texts.Events_OpeningNothing;
        }

        if (bytes is [0x16, 0x03, ..])
        {
            return Texts.Events_OpeningTls;
        }

        if (IsText(bytes))
        {
            return Texts.Events_OpeningText.With(Encoding.ASCII.GetString(bytes).Replace("\r\n", " ", StringComparison.Ordinal).Trim());
        }

        var anatomy = PacketAnatomy.Of(bytes, ProtocolVersion.V500);
        return anatomy switch
        {
            { Type: PacketType.Connect } when anatomy["Protocol name"] is { } name => Texts.Events_OpeningConnect.With(name, anatomy["Protocol version"] ?? "?"),
            { Type: PacketType.Reserved } => Texts.Events_OpeningUnknown,
            _ => Texts.Events_OpeningPacket.With(PacketLine.Name(anatomy.Type)),
        };
    }

    private static bool IsText(ReadOnlySpan<byte> bytes) => bytes.Length > 3 && bytes.IndexOfAnyExceptInRange((byte)' ', (byte)'~') is var end && (end < 0 || (end > 3 && bytes[end] is (byte)'\r' or (byte)'\n'));
}
