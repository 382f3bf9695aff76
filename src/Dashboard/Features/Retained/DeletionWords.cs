using Dashboard.Broker;
using Dashboard.Shared;

namespace Dashboard.Features.Retained;

/// <summary>What was deleted and what came back, in words.</summary>
internal static class DeletionWords
{
    public static string Messages(int count) => count == 1 ? "1 message" : $"{Format.Count(count)} messages";

    public static string Deleted(Deletion deletion) => deletion.Messages.Count switch
    {
        0 => "Nothing was deleted: it had gone already.",
        1 when !deletion.Filter.AsSpan().ContainsAny('+', '#') => $"Deleted {deletion.Filter}",
        var count => $"Deleted {Messages(count)} of {deletion.Filter}",
    };

    public static string Restored(RestoredRetained? restored)
    {
        if (restored is null)
        {
            return "Nothing to put back: somebody else did, or 10 minutes are over.";
        }

        var words = $"Put back {Messages(restored.Stored)}";
        words += restored.Newer > 0 ? $"; {restored.Newer} left out, a newer message is there" : "";
        words += restored.Expired > 0 ? $"; {restored.Expired} expired meanwhile" : "";
        words += restored.NoRoom > 0 ? $"; {restored.NoRoom} found the store full" : "";
        return words + ".";
    }
}
