using System.Text;
using System.Text.Unicode;

namespace Dashboard.Shared.Payload;

/// <summary>A payload as one short line of plain text for a row of a list.</summary>
internal static class PayloadLine
{
    /// <summary>Bytes that are enough for the longest line.</summary>
    public const int Bytes = 256;

    private const int MaxCharacters = 200;
    private const int MaxHexBytes = 48;

    /// <param name="payload">The payload or its beginning.</param>
    /// <param name="size">Bytes of the whole payload.</param>
    public static string Of(ReadOnlySpan<byte> payload, int size)
    {
        if (size == 0)
        {
            return Texts.Shared_Empty;
        }

        var start = WholeCharacters(payload[..Math.Min(payload.Length, Bytes)], size);
        return Utf8.IsValid(start) ? Text(start, size) : Hex(start, size);
    }

    private static string Text(ReadOnlySpan<byte> payload, int size)
    {
        var line = new StringBuilder();
        foreach (var character in Encoding.UTF8.GetString(payload))
        {
            if (character is ' ' or '\t' or '\r' or '\n')
            {
                line.Append(line.Length > 0 && line[^1] != ' ' ? " " : "");
            }
            else
            {
                line.Append(VisibleText.Of(character));
            }
        }

        if (line.Length > MaxCharacters)
        {
            line.Length = char.IsHighSurrogate(line[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters;
            return line.Append('…').ToString();
        }

        return line.Append(payload.Length < size ? "…" : "").ToString();
    }

    private static string Hex(ReadOnlySpan<byte> payload, int size)
    {
        var shown = Math.Min(payload.Length, MaxHexBytes);
        var line = new StringBuilder("0x");
        foreach (var value in payload[..shown])
        {
            line.Append(' ').Append(value.ToString("x2", null));
        }

        return line.Append(shown < size ? " …" : "").ToString();
    }

    /// <summary>Leaves out a last character that the limit cut in two.</summary>
    private static ReadOnlySpan<byte> WholeCharacters(ReadOnlySpan<byte> payload, int size)
    {
        if (payload.Length == size)
        {
            return payload;
        }

        for (var back = 1; back <= Math.Min(4, payload.Length); back++)
        {
            var value = payload[^back];
            if ((value & 0xC0) == 0x80)
            {
                continue; // in the middle of a character
            }

            var length = value switch { >= 0xF0 => 4, >= 0xE0 => 3, >= 0xC0 => 2, _ => 1 };
            return length > back ? payload[..^back] : payload;
        }

        return payload;
    }
}
