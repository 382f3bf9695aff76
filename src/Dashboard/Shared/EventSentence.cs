using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Dashboard.Shared;

/// <summary>
/// What the engine says of a client, in the reader's language. The engine speaks English; its sentence is looked up among
/// the English texts of <c>Events_</c>, and what stands in their places goes into the same places of the other language.
/// What is not found there, such as the finding of a decoder, stays as it is.
/// </summary>
internal static partial class EventSentence
{
    private const string Prefix = "Events_";

    private static readonly IReadOnlyList<Pattern> Patterns = Read();

    public static string Of(string sentence) =>
        CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? sentence : Translate(sentence, deep: true);

    // A cause stands within a sentence and is no sentence of its own with a cause, so one step down is enough.
    private static string Translate(string sentence, bool deep)
    {
        foreach (var pattern in Patterns)
        {
            if (pattern.TryMatch(sentence, out var values))
            {
                return Texts.ResourceManager.GetString(pattern.Key, CultureInfo.CurrentUICulture)!
                    .With([.. values.Select(value => deep ? Translate(value, deep: false) : value)]);
            }
        }

        return sentence;
    }

    private static Pattern[] Read()
    {
        // Held by the resource manager, which closes it.
        var texts = Texts.ResourceManager.GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: false)!;
        return
        [
            .. texts.Cast<DictionaryEntry>()
                .Where(text => ((string)text.Key).StartsWith(Prefix, StringComparison.Ordinal))
                .Select(text => new Pattern((string)text.Key, Place().Split((string)text.Value!)))
                .Where(pattern => pattern.Literals.Any(literal => literal.Length > 0))
                .OrderByDescending(pattern => pattern.Literals.Sum(literal => literal.Length)),
        ];
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    /// <summary>An English text, cut at its places, which stand in their order there.</summary>
    private sealed record Pattern(string Key, string[] Literals)
    {
        public bool TryMatch(string sentence, [NotNullWhen(true)] out List<string>? values)
        {
            values = null;
            if (!sentence.StartsWith(Literals[0], StringComparison.Ordinal) || !sentence.EndsWith(Literals[^1], StringComparison.Ordinal) || (Literals.Length == 1 && sentence.Length != Literals[0].Length))
            {
                return false;
            }

            var found = new List<string>();
            var at = Literals[0].Length;
            for (var i = 1; i < Literals.Length; i++)
            {
                var next = i == Literals.Length - 1 ? sentence.Length - Literals[i].Length : sentence.IndexOf(Literals[i], at, StringComparison.Ordinal);
                if (next < at)
                {
                    return false;
                }

                found.Add(sentence[at..next]);
                at = next + Literals[i].Length;
            }

            values = found;
            return true;
        }
    }
}
