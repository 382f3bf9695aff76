using Dashboard.Broker.Monitoring;

namespace Dashboard.Shared.Message;

/// <summary>To whom a message went, in words.</summary>
internal static class Receivers
{
    public static string InWords(MessageRecord message)
    {
        var parts = new List<string>();
        if (message.Sent > 0)
        {
            parts.Add($"sent to {Sessions(message.Sent)}");
        }

        if (message.Queued > 0)
        {
            parts.Add($"queued for {Sessions(message.Queued)}");
        }

        if (message.Dropped > 0)
        {
            parts.Add($"dropped for {Sessions(message.Dropped)}");
        }

        return parts.Count == 0 ? "nobody was subscribed" : string.Join(", ", parts);
    }

    private static string Sessions(int count) => count == 1 ? "1 session" : $"{Format.Count(count)} sessions";
}
