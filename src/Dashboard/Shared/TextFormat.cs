using System.Globalization;

namespace Dashboard.Shared;

/// <summary>Fills the places of a text: <c>Texts.Topics_Muted.With(3)</c>. Numbers are written by <see cref="Format"/> before.</summary>
public static class TextFormat
{
    public static string With(this string text, params ReadOnlySpan<object?> values) => string.Format(CultureInfo.InvariantCulture, text, values);
}
