using System.Globalization;
using Dashboard.Broker;

namespace Dashboard.Shared;

/// <summary>
/// What the engine says of a client, in the reader's language: the text <c>Events_</c> with the name of its code. What stands
/// in its places is another of these, a name or a figure. What somebody else said, such as a decoder, stays as it is.
/// </summary>
internal static class EventSentence
{
    public static string Of(EventText text) => text.Code == EventCode.Verbatim
        ? text.English
        : Texts.ResourceManager.GetString("Events_" + text.Code, CultureInfo.CurrentUICulture)!.With([.. text.Parts.Select(Part)]);

    private static string Part(object part) => part switch
    {
        EventText text => Of(text),
        string text => text,
        _ => Format.Count(Convert.ToInt64(part, CultureInfo.InvariantCulture)),
    };
}
