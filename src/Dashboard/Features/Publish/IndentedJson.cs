using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Dashboard.Features.Publish;

/// <summary>JSON with line breaks and indents, token by token, without recursion: numbers and strings stay as they were written.</summary>
internal static class IndentedJson
{
    /// <summary>Indents of deep nesting grow with its square.</summary>
    public const int MaxDepth = 64;

    /// <summary>Null when it is not JSON, or too deep.</summary>
    public static string? TryFormat(ReadOnlySpan<byte> json)
    {
        try
        {
            var text = new ArrayBufferWriter<byte>(Math.Max(256, json.Length * 2));
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
            var before = JsonTokenType.None;
            while (reader.Read())
            {
                Separate(text, before, ref reader);
                Append(text, ref reader);
                before = reader.TokenType;
            }

            return Encoding.UTF8.GetString(text.WrittenSpan);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static void Separate(ArrayBufferWriter<byte> text, JsonTokenType before, ref Utf8JsonReader reader)
    {
        var ends = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
        var afterStart = before is JsonTokenType.StartObject or JsonTokenType.StartArray;
        if (before is JsonTokenType.None or JsonTokenType.PropertyName || (ends && afterStart))
        {
            return;
        }

        text.Write(ends || afterStart ? "\n"u8 : ",\n"u8);
        for (var i = 0; i < reader.CurrentDepth; i++)
        {
            text.Write("  "u8);
        }
    }

    private static void Append(ArrayBufferWriter<byte> text, ref Utf8JsonReader reader)
    {
        var isText = reader.TokenType is JsonTokenType.PropertyName or JsonTokenType.String;
        text.Write(isText ? "\""u8 : default);
        text.Write(reader.ValueSpan);
        text.Write(reader.TokenType == JsonTokenType.PropertyName ? "\": "u8 : isText ? "\""u8 : default);
    }
}
