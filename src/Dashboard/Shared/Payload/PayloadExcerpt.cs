using System.Buffers;
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

    /// <summary>The form that suits the bytes: pictures, JSON objects and arrays, readable UTF-8, and hex for the rest.</summary>
    /// <param name="isWhole">All of the payload is there.</param>
    public static PayloadForm Recognise(ReadOnlyMemory<byte> payload, bool isWhole = true)
    {
        if (isWhole && payload.Length <= ImageKind.MaxBytes && ImageKind.Of(payload.Span) is not null)
        {
            return PayloadForm.Image;
        }

        if (!IsText(payload.Span, isWhole))
        {
            return PayloadForm.Hex;
        }

        var start = payload.Span.TrimStart(" \t\r\n"u8);
        return start.Length > 0 && start[0] is (byte)'{' or (byte)'[' && JsonOutline.TryRead(payload) is not null ? PayloadForm.Json : PayloadForm.Text;
    }

    /// <param name="form">Text, hex or Base64; the other forms are no plain text.</param>
    /// <param name="limit">In bytes; a character is never cut in two.</param>
    public static PayloadExcerpt Of(ReadOnlySpan<byte> payload, PayloadForm form, int limit) => form switch
    {
        PayloadForm.Hex => OfHex(payload, limit == int.MaxValue ? limit : limit / HexShare),
        PayloadForm.Base64 => OfBase64(payload, limit),
        _ => OfText(payload, limit),
    };

    private static PayloadExcerpt OfText(ReadOnlySpan<byte> payload, int limit)
    {
        var shown = Math.Min(payload.Length, limit);
        while (shown < payload.Length && shown > limit - 4 && (payload[shown] & 0xC0) == 0x80)
        {
            shown--; // a continuation byte: its character began before
        }

        var note = Utf8.IsValid(payload) ? null : Texts.Shared_NotUtf8.With(Format.Count(FirstNoText(payload) + 1));
        return new PayloadExcerpt(VisibleText.Of(payload[..shown]), CutWords(shown, payload.Length), note);
    }

    /// <summary>Where the first byte stands that belongs to no character.</summary>
    private static int FirstNoText(ReadOnlySpan<byte> payload)
    {
        Span<char> room = stackalloc char[1024];
        OperationStatus status;
        var at = 0;
        do
        {
            status = Utf8.ToUtf16(payload[at..], room, out var read, out _, replaceInvalidSequences: false);
            at += read;
        }
        while (status == OperationStatus.DestinationTooSmall);
        return at;
    }

    private static PayloadExcerpt OfBase64(ReadOnlySpan<byte> payload, int limit)
    {
        var shown = Math.Min(payload.Length, limit / 3 * 3); // whole groups, so that the beginning is Base64 too
        return new PayloadExcerpt(Convert.ToBase64String(payload[..shown]), CutWords(shown, payload.Length));
    }

    private static PayloadExcerpt OfHex(ReadOnlySpan<byte> payload, int limit)
    {
        var shown = Math.Min(payload.Length, limit);
        var text = new StringBuilder();
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

    private static string? CutWords(int shown, int total) => shown == total ? null : Texts.Shared_FirstOf.With(Format.Bytes(shown), Format.Bytes(total));

    private static bool IsText(ReadOnlySpan<byte> payload, bool isWhole)
    {
        // The last character of a beginning may be cut in two.
        for (var cut = 0; cut <= (isWhole ? 0 : 3) && cut <= payload.Length; cut++)
        {
            if (Utf8.IsValid(payload[..^cut]))
            {
                return !HasControls(payload);
            }
        }

        return false;
    }

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
