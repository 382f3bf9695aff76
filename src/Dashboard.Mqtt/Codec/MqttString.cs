using System.Text;
using System.Text.Unicode;

namespace Dashboard.Mqtt.Codec;

/// <summary>The UTF-8 encoded string (section 1.5.4).</summary>
internal static class MqttString
{
    /// <summary>Bytes; the length stands in two bytes.</summary>
    public const int MaxLength = ushort.MaxValue;

    /// <summary>Throws rather than writing replacement characters; a byte order mark is a character [MQTT-1.5.4-3] [MQTT-1.5.3-3, 3.1.1].</summary>
    public static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Well-formed, without surrogates [MQTT-1.5.4-1] [MQTT-1.5.3-1, 3.1.1] and without U+0000 [MQTT-1.5.4-2] [MQTT-1.5.3-2, 3.1.1].</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> utf8) => !utf8.Contains((byte)0) && Utf8.IsValid(utf8);

    /// <summary>Whether a string can be sent: no lone surrogates, no U+0000, not longer than 65,535 bytes.</summary>
    public static bool CanEncode(ReadOnlySpan<char> text)
    {
        if (text.Contains('\0') || Encoding.UTF8.GetByteCount(text) > MaxLength)
        {
            return false;
        }

        for (var at = text.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0 && at < text.Length;)
        {
            if (Rune.DecodeFromUtf16(text[at..], out _, out var length) != System.Buffers.OperationStatus.Done)
            {
                return false;
            }

            at += length;
        }

        return true;
    }
}
