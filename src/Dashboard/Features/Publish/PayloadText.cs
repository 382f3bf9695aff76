using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Dashboard.Features.Publish;

/// <summary>How a person writes a payload.</summary>
public enum PayloadNotation
{
    Text,
    Json,
    Hex,
    Base64,
}

/// <summary>What a written payload means.</summary>
/// <param name="Bytes">Null when it cannot be read.</param>
/// <param name="Error">Why it cannot be read, and what to write instead.</param>
/// <param name="Warning">What is odd about it although it can be sent.</param>
public sealed record PayloadText(byte[]? Bytes, string? Error = null, string? Warning = null)
{
    public static PayloadText Read(string text, PayloadNotation notation) => notation switch
    {
        PayloadNotation.Json => ReadJson(text),
        PayloadNotation.Hex => ReadHex(text),
        PayloadNotation.Base64 => ReadBase64(text),
        _ => new PayloadText(Encoding.UTF8.GetBytes(text)),
    };

    /// <summary>The same bytes in another notation; null when they are not text.</summary>
    public static string? Write(byte[] bytes, PayloadNotation notation) => notation switch
    {
        PayloadNotation.Hex => string.Join(' ', bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture))),
        PayloadNotation.Base64 => Convert.ToBase64String(bytes),
        _ => Utf8.IsValid(bytes) && !bytes.Contains((byte)0) ? Encoding.UTF8.GetString(bytes) : null,
    };

    private static PayloadText ReadJson(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            var reader = new Utf8JsonReader(bytes);
            while (reader.Read())
            {
            }

            return new PayloadText(bytes);
        }
        catch (JsonException e)
        {
            var place = $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
            return new PayloadText(bytes, Warning: text.Trim().Length == 0 ? "Nothing is not JSON; write null, {} or a value." : $"Not valid JSON at {place}; it would be sent as it stands.");
        }
    }

    private static PayloadText ReadHex(string text)
    {
        var digits = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var isPrefix = text[i] == '0' && i + 1 < text.Length && text[i + 1] is 'x' or 'X';
            if (isPrefix)
            {
                i++;
            }
            else if (char.IsAsciiHexDigit(text[i]))
            {
                digits.Append(text[i]);
            }
            else if (!char.IsWhiteSpace(text[i]) && text[i] is not (',' or ':' or '-'))
            {
                return new PayloadText(null, $"“{text[i]}” (character {i + 1}) is not a hex digit; write two digits 0–9, a–f for each byte, such as 48 65 6c.");
            }
        }

        return digits.Length % 2 == 0
            ? new PayloadText(Convert.FromHexString(digits.ToString()))
            : new PayloadText(null, $"{digits.Length} hex digits are half a byte too many or too few; each byte takes two, such as 0a.");
    }

    private static PayloadText ReadBase64(string text)
    {
        var compact = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        var bytes = new byte[(compact.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(compact, bytes, out var length)
            ? new PayloadText(bytes[..length])
            : new PayloadText(null, "This is not Base64: it consists of A–Z, a–z, 0–9, + and /, and = fills the last group of four.");
    }
}
