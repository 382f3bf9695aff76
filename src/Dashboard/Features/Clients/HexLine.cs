using System.Globalization;
using Dashboard.Mqtt.Anatomy;

namespace Dashboard.Features.Clients;

/// <summary>Sixteen bytes of a packet, as hex and as text, each cut into what stands before the marked bytes, those, and what follows.</summary>
internal sealed record HexLine(string Offset, string[] Hex, string[] Text)
{
    private const int Width = 16;

    /// <param name="marked">The field whose bytes are marked; null for none.</param>
    public static IReadOnlyList<HexLine> Of(ReadOnlySpan<byte> bytes, IReadOnlyList<PacketField> fields, PacketField? marked)
    {
        var secrets = fields.Where(field => field.IsSecret).ToArray();
        var lines = new List<HexLine>();
        for (var offset = 0; offset < bytes.Length; offset += Width)
        {
            var end = Math.Min(offset + Width, bytes.Length);
            var from = marked is null ? end : Math.Clamp(marked.Start, offset, end);
            var to = marked is null ? end : Math.Clamp(marked.Start + marked.Length, offset, end);
            (int From, int To)[] parts = [(offset, from), (from, to), (to, end)];
            var line = bytes[offset..end].ToArray();
            var start = offset;
            lines.Add(new HexLine(
                offset.ToString("x4", CultureInfo.InvariantCulture),
                [.. parts.Select(part => string.Concat(Enumerable.Range(part.From, part.To - part.From).Select(at => IsSecret(at) ? "·· " : $"{line[at - start]:x2} ")))],
                [.. parts.Select(part => string.Concat(Enumerable.Range(part.From, part.To - part.From).Select(at => !IsSecret(at) && line[at - start] is >= 0x20 and < 0x7F and var seen ? (char)seen : '·')))]));
        }

        return lines;

        bool IsSecret(int at) => Array.Exists(secrets, secret => at >= secret.Start && at < secret.Start + secret.Length);
    }
}
