using System.Text;
using System.Text.Unicode;

namespace Dashboard.Shared.Export;

/// <summary>A payload as text where it is text, as Base64 where it is not.</summary>
internal readonly record struct PayloadText(string Text, bool IsBase64)
{
    public static PayloadText Of(ReadOnlySpan<byte> payload) =>
        Utf8.IsValid(payload) ? new(Encoding.UTF8.GetString(payload), false) : new(Convert.ToBase64String(payload), true);
}
