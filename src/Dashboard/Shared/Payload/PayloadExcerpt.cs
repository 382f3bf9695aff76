using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Dashboard.Shared.Payload;

/// <summary>A payload, or its beginning, as plain text in one form.</summary>
/// <param name="Cut">What is missing, in words; null when all of it is there.</param>
/// <param name="Note">Why it does not look as asked; null when it does.</param>
internal sealed record PayloadExcerpt(string Text, string? Cut = null, string? Note = null)
{
    /// <summary>A line of the hex form is long: this much fewer bytes are shown of it.</summary>
    private const int HexShare = 16;

    private const int HexColumns = 16;

    /// <summary>The form that suits the bytes: JSON objects and arrays, readable UTF-8, and hex for the rest.</summary>
    public static PayloadForm Recognise(ReadOnlySpan<byte> payload)
    {
        if (!Utf8.IsValid(payload) || HasControls(payload))
        {
            return PayloadForm.Hex;
        }

        var start = payload.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] is (byte)'{' or (byte)'[' && IndentedJson.TryFormat(payload) is not null ? PayloadForm.Json : PayloadForm.Text;
    }

    /// <param name="limit">In bytes; a character is never cut in two.</param>
    public static PayloadExcerpt Of(ReadOnlySpan<byte> payload, PayloadForm form, int limit) => form switch
    {
        PayloadForm.Json => OfJson(payload, limit),
        PayloadForm.Hex => OfHex(payload, limit / HexShare),
        _ => OfText(payload, limit),
    };

    private static PayloadExcerpt OfText(ReadOnlySpan<byte> payload, int limit)
    {
        var shown = Math.Min(payload.Length, limit);
        while (shown < payload.Length && shown > limit - 4 && (payload[shown] & 0xC0) == 0x80)
        {
            shown--; // a continuation byte: its character began before
        }

        var text = new StringBuilder(Encoding.UTF8.GetString(payload[..shown]));
        for (var control = '\0'; control < ' '; control++)
        {
            if (control is not ('\t' or '\n' or '\r'))
            {
                text.Replace(control, (char)('\u2400' + control));
            }
        }

        var note = Utf8.IsValid(payload) ? null : "These bytes are not valid UTF-8; \uFFFD stands for what is not text.";
        return new PayloadExcerpt(text.ToString(), CutWords(shown, payload.Length), note);
    }

    private static PayloadExcerpt OfJson(ReadOnlySpan<byte> payload, int limit)
    {
        var json = IndentedJson.TryFormat(payload);
        if (json is null)
        {
            return OfText(payload, limit) with { Note = IndentedJson.Refusal(payload) };
        }

        var shown = Math.Min(json.Length, limit);
        if (shown < json.Length && char.IsHighSurrogate(json[shown - 1]))
        {
            shown--;
        }

        return new PayloadExcerpt(json[..shown], CutWords(shown, json.Length));
    }

    private static PayloadExcerpt OfHex(ReadOnlySpan<byte> payload, int limit)
    {
        var shown = Math.Min(payload.Length, limit);
        var text = new StringBuilder(shown * 5);
        for (var offset = 0; offset < shown; offset += HexColumns)
        {
            var line = payload[offset..Math.Min(offset + HexColumns, shown)];
            text.Append(CultureInfo.InvariantCulture, $"{offset:x6}  ");
            for (var column = 0; column < HexColumns; column++)
            {
                text.Append(column < line.Length ? $"{line[column]:x2} " : "   ").Append(column == 7 ? " " : "");
            }

            text.Append(' ');
            foreach (var value in line)
            {
                text.Append(value is >= 0x20 and < 0x7F ? (char)value : '·');
            }

            text.Append('\n');
        }

        return new PayloadExcerpt(text.ToString(), CutWords(shown, payload.Length));
    }

    private static string? CutWords(int shown, int total) => shown == total ? null : $"first {Format.Bytes(shown)} of {Format.Bytes(total)}";

    private static bool HasControls(ReadOnlySpan<byte> payload)
    {
        foreach (var value in payload)
        {
            if (value is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r') or 0x7F)
            {
                return true;
            }
        }

        return false;
    }
}
