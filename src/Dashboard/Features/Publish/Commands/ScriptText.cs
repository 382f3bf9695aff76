using System.Globalization;
using System.Text;

namespace Dashboard.Features.Publish.Commands;

/// <summary>A text between double quotes, as Python and JavaScript both read it.</summary>
internal static class ScriptText
{
    /// <param name="escape">How the language writes a code point: what cannot be seen, and line ends that only JavaScript knows, are written so.</param>
    public static string Quote(string text, Func<int, string> escape)
    {
        var quoted = new StringBuilder("\"", text.Length + 2);
        foreach (var rune in text.EnumerateRunes())
        {
            var isHidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse;
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when isHidden => quoted.Append(escape(rune.Value)),
                _ => quoted.Append(rune.ToString()),
            };
        }

        return quoted.Append('"').ToString();
    }
}
