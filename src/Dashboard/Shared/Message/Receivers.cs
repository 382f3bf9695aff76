using Dashboard.Broker.Monitoring;

namespace Dashboard.Shared.Message;

/// <summary>To whom a message went, in words.</summary>
internal static class Receivers
{
    public static string InWords(MessageRecord message)
    {
        if (message.Refusal is { } refusal)
        {
            return RefusalWords.Of(refusal);
        }

        var parts = new List<string>();
        if (message.Sent > 0)
        {
            parts.Add(Texts.Shared_SentTo.With(Sessions(message.Sent)));
        }

        if (message.Queued > 0)
        {
            parts.Add(Texts.Shared_QueuedFor.With(Sessions(message.Queued)));
        }

        if (message.Dropped > 0)
        {
            parts.Add(Texts.Shared_DroppedFor.With(Sessions(message.Dropped)));
        }

        return parts.Count == 0 ? Texts.Shared_ReachedNobody : string.Join(", ", parts);
    }

    private static string Sessions(int count) => count == 1 ? Texts.Shared_OneSession : Texts.Shared_Sessions.With(Format.Count(count));
}
