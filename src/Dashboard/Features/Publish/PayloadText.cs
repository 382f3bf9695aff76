using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Dashboard.Features.Publish.Repeating;
using Dashboard.Shared;

namespace Dashboard.Features.Publish;

/// <summary>How a person writes a payload.</summary>
public enum PayloadNotation
{
    Text,
    Json,
    Hex,
    Base64,
    File,
}

/// <summary>What a written payload means.</summary>
/// <param name="Bytes">Null when it cannot be read.</param>
/// <param name="Error">Why it cannot be read, and what to write instead.</param>
/// <param name="Warning">What is odd about it although it can be sent.</param>
/// <param name="IsTemplate">It is JSON once the places of its template are filled.</param>
public sealed record PayloadText(byte[]? Bytes, string? Error = null, string? Warning = null, bool IsTemplate = false)
{
    // The reader keeps a bit for each level, so that depth costs nothing; MQTT sets no limit either.
    private const int MaxDepth = 10_000_000;

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
            Walk(bytes);
            return new PayloadText(bytes);
        }
        catch (JsonException e)
        {
            return IsTemplateOfJson(text) ? new PayloadText(bytes, IsTemplate: true) : new PayloadText(bytes, Warning: string.IsNullOrWhiteSpace(text) ? Texts.Publish_NothingIsNoJson : Texts.Publish_BadJson.With(e.LineNumber + 1, e.BytePositionInLine + 1));
        }
    }

    /// <exception cref="JsonException">It is not JSON.</exception>
    private static void Walk(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
        }
    }

    /// <summary>Whether the first message that repeats would be JSON.</summary>
    private static bool IsTemplateOfJson(string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal) || Template.Read(text, out _) is not { } template)
        {
            return false;
        }

        try
        {
            Walk(Encoding.UTF8.GetBytes(template.Fill(new TemplateMoment(0, DateTimeOffset.UnixEpoch))));
            return true;
        }
        catch (JsonException)
        {
            return false;
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
                return new PayloadText(null, Texts.Publish_BadHex.With(text[i], i + 1));
            }
        }

        return digits.Length % 2 == 0
            ? new PayloadText(Convert.FromHexString(digits.ToString()))
            : new PayloadText(null, Texts.Publish_HalfHex.With(digits.Length));
    }

    private static PayloadText ReadBase64(string text)
    {
        var compact = string.Concat(text.Where(letter => !char.IsWhiteSpace(letter)));
        var bytes = new byte[(compact.Length * 3 / 4) + 3];
        return Convert.TryFromBase64String(compact, bytes, out var length)
            ? new PayloadText(bytes[..length])
            : new PayloadText(null, Texts.Publish_BadBase64);
    }
}
