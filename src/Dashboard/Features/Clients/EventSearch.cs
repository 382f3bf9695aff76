using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Clients;

/// <summary>Finds events by what a person reads of them.</summary>
internal static class EventSearch
{
    /// <summary>Whether a text stands in the client id, the address or the sentence, in any case; an empty one finds all.</summary>
    public static bool Matches(ClientEvent one, string text) =>
        text.Length == 0
        || one.ClientId?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || one.Address?.Contains(text, StringComparison.OrdinalIgnoreCase) == true
        || EventSentence.Of(one.Text).Contains(text, StringComparison.OrdinalIgnoreCase);
}
