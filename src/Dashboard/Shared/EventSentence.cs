using System.Globalization;
using Dashboard.Broker;
using Dashboard.Mqtt.Findings;

namespace Dashboard.Shared;

/// <summary>
/// What the engine says of a client, in the reader's language: the text <c>Events_</c> with the name of its code. What stands
/// in its places is another of these, what a decoder found, a name or a figure. What somebody else said stays as it is.
/// </summary>
internal static class EventSentence
{
    public static string Of(EventText text) => text.Code switch
    {
        EventCode.Verbatim => text.English,
        EventCode.Finding => Part(text.Parts[0]),
        _ => Texts.ResourceManager.GetString("Events_" + text.Code, CultureInfo.CurrentUICulture)!.With([.. text.Parts.Select(Part)]),
    };

    private static string Part(object part) => part switch
    {
        EventText text => Of(text),
        Finding finding => FindingSentence.Of(finding),
        string text => text,
        _ => Format.Count(Convert.ToInt64(part, CultureInfo.InvariantCulture)),
    };
}
