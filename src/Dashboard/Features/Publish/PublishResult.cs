using System.Globalization;
using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Controls;

namespace Dashboard.Features.Publish;

/// <summary>What became of a published message, in words.</summary>
public sealed record PublishResult(Tone Tone, string Text)
{
    /// <param name="nearMiss">When nobody got it: the subscription that comes closest.</param>
    public static PublishResult Of(PublishRequest request, PublishReport report, NearMiss? nearMiss)
    {
        if (report.Reason is not (ReasonCode.Success or ReasonCode.NoMatchingSubscribers))
        {
            return new PublishResult(Tone.Bad, $"Not published. {Sentence(report.Message)}");
        }

        var delivery = Delivery(report);
        var text = delivery.Length > 0 ? Sentence(delivery) : Nobody(nearMiss);
        if (request.Retain)
        {
            text += request.Payload.IsEmpty
                ? " An empty payload with the retain flag clears what was stored on this topic."
                : " Stored as the retained message of this topic.";
        }

        var tone = report.Dropped > 0 || (delivery.Length == 0 && !request.Retain) ? Tone.Warning : Tone.Good;
        return new PublishResult(tone, text);
    }

    /// <summary>"Nobody is subscribed to this topic", and who probably meant to be.</summary>
    public static string Nobody(NearMiss? nearMiss) => nearMiss is null
        ? "Nobody is subscribed to this topic."
        : $"Nobody is subscribed to this topic. {nearMiss.ClientId} listens to {nearMiss.Filter}: {nearMiss.Reason}.";

    private static string Delivery(PublishReport report)
    {
        var parts = new List<string>();
        Add(report.Sent, "sent to {0}");
        Add(report.Queued, "queued for {0}");
        Add(report.Dropped, "lost for {0} to a limit");
        Add(report.Skipped, "not sent to {0} (offline at QoS 0, or too large for it)");
        return string.Join(", ", parts);

        void Add(int count, string words)
        {
            if (count > 0)
            {
                parts.Add(string.Format(CultureInfo.InvariantCulture, words, count == 1 ? "1 session" : $"{Format.Count(count)} sessions"));
            }
        }
    }

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}
