using System.Text;
using Dashboard.Mqtt.Findings;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Mqtt.Codec;

/// <summary>The standard's names, for error messages.</summary>
internal static class Words
{
    public static string Of(PacketType packet) =>
        packet == PropertyRule.Will ? "the will" : packet.ToString().ToUpperInvariant();

    /// <summary>The same within a finding.</summary>
    public static object Part(PacketType packet) => packet == PropertyRule.Will ? new Finding(FindingCode.TheWill) : Of(packet);

    /// <summary>For example "message expiry interval".</summary>
    public static string Of(PropertyId id)
    {
        if (id == PropertyId.MaximumQoS)
        {
            return "maximum QoS";
        }

        var words = new StringBuilder();
        foreach (var letter in id.ToString())
        {
            if (char.IsUpper(letter) && words.Length > 0)
            {
                words.Append(' ');
            }

            words.Append(char.ToLowerInvariant(letter));
        }

        return words.ToString();
    }
}
