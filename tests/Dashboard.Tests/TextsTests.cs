using System.Collections;
using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Dashboard.Shared;

namespace Dashboard.Tests;

public sealed partial class TextsTests
{
    private static readonly Dictionary<string, string> English = Of(CultureInfo.InvariantCulture);
    private static readonly Dictionary<string, string> Spanish = Of(new CultureInfo("es"));

    [Fact]
    public void Spanish_has_every_text_and_no_other() =>
        Assert.Equal(English.Keys.Order(StringComparer.Ordinal), Spanish.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Spanish_fills_the_same_places() =>
        Assert.All(English, text => Assert.Equal(Places(text.Value), Places(Spanish[text.Key])));

    private static Dictionary<string, string> Of(CultureInfo language)
    {
        using var texts = new ResourceManager("Dashboard.Texts", typeof(TextFormat).Assembly).GetResourceSet(language, createIfNotExists: true, tryParents: false)!;
        return texts.Cast<DictionaryEntry>().ToDictionary(text => (string)text.Key, text => (string)text.Value!);
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(place => place.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();
}
