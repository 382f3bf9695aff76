using System.Text;

namespace Dashboard.Shared.Payload;

/// <summary>Text of somebody else without tricks: what cannot be seen, or turns the text after it around, gets a picture.</summary>
internal static class VisibleText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Tabs and line breaks stay; bytes that are not UTF-8 become U+FFFD.</summary>
    public static string Of(ReadOnlySpan<byte> utf8) => Of(Encoding.UTF8.GetString(utf8));

    public static string Of(string text)
    {
        foreach (var character in text)
        {
            if (Of(character) != character)
            {
                return string.Create(text.Length, text, (target, source) =>
                {
                    for (var i = 0; i < target.Length; i++)
                    {
                        target[i] = Of(source[i]);
                    }
                });
            }
        }

        return text;
    }

    /// <summary>The character itself, the picture of a control character, or U+FFFD for a mark that turns or hides what follows.</summary>
    public static char Of(char character) => character switch
    {
        '\t' or '\n' or '\r' => character,
        < ' ' => (char)('\u2400' + character),
        '\u007F' or '\u061C' or '\u200B' or '\u200E' or '\u200F' or '\uFEFF' or (>= '\u0080' and <= '\u009F') or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') => Replacement,
        _ => character,
    };
}
