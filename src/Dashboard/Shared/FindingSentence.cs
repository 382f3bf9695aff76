using System.Globalization;
using Dashboard.Mqtt.Findings;

namespace Dashboard.Shared;

/// <summary>What a decoder found, in the reader's language: the text <c>Finding_</c> with the name of its code. The names of packets, fields and properties stay the standard's.</summary>
internal static class FindingSentence
{
    public static string Of(Finding finding) =>
        Texts.ResourceManager.GetString("Finding_" + finding.Code, CultureInfo.CurrentUICulture)!.With([.. finding.Parts.Select(Part)]);

    private static string Part(object part) => part switch
    {
        Finding finding => Of(finding),
        string text => text,
        _ => Format.Count(Convert.ToInt64(part, CultureInfo.InvariantCulture)),
    };
}
