using System.Text;
using System.Text.Json;

namespace Dashboard.Shared.Payload;

/// <summary>
/// JSON with line breaks and indents, token by token, without recursion: every number and string stays as it was sent.
/// Depth and size are limited, because indents of deep nesting grow with its square.
/// </summary>
internal static class IndentedJson
{
    public const int MaxDepth = 64;
    public const int MaxBytes = 1_000_000;

    /// <summary>Null when it is not JSON, too deep or too long: <see cref="Refusal"/> says which.</summary>
    public static string? TryFormat(ReadOnlySpan<byte> payload)
    {
        if (payload.Length > MaxBytes)
        {
            return null;
        }

        try
        {
            return Format(payload);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string Refusal(ReadOnlySpan<byte> payload) => payload.Length > MaxBytes
        ? $"Longer than {Shared.Format.Bytes(MaxBytes)}: not formatted."
        : $"Not JSON, or nested deeper than {MaxDepth} levels: not formatted.";

    private static string Format(ReadOnlySpan<byte> payload)
    {
        var text = new StringBuilder(payload.Length * 2);
        var reader = new Utf8JsonReader(payload, new JsonReaderOptions { MaxDepth = MaxDepth });
        var before = JsonTokenType.None;
        while (reader.Read())
        {
            var token = reader.TokenType;
            var ends = token is JsonTokenType.EndObject or JsonTokenType.EndArray;
            var afterStart = before is JsonTokenType.StartObject or JsonTokenType.StartArray;
            if (before is not (JsonTokenType.None or JsonTokenType.PropertyName) && !(ends && afterStart))
            {
                text.Append(ends || afterStart ? "\n" : ",\n").Append(' ', 2 * reader.CurrentDepth);
            }

            Append(text, ref reader);
            before = token;
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ref Utf8JsonReader reader)
    {
        var value = Encoding.UTF8.GetString(reader.ValueSpan);
        _ = reader.TokenType switch
        {
            JsonTokenType.PropertyName => text.Append('"').Append(value).Append("\": "),
            JsonTokenType.String => text.Append('"').Append(value).Append('"'),
            _ => text.Append(value),
        };
    }
}
