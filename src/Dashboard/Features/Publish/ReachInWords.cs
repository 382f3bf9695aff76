using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Publish;

/// <summary>"2 sessions would receive this", in one line below the topic.</summary>
internal static class ReachInWords
{
    public static string Of(MessageReach reach, QualityOfService qos)
    {
        if (reach.Total == 0 && reach.Groups.Count == 0)
        {
            return PublishResult.Nobody(reach.NearMiss);
        }

        var offline = reach.Sessions.Count(session => !session.IsConnected);
        var words = Receivers(reach) + " would receive this";
        if (offline == 0)
        {
            return words + ".";
        }

        var fate = qos == QualityOfService.AtMostOnce ? "QoS 0 is not kept for those who are offline" : "it is kept for those whose QoS is 1 or 2";
        return $"{words}; {offline} of them offline now ({fate}).";
    }

    private static string Receivers(MessageReach reach)
    {
        var sessions = reach.Total == 1 ? "1 session" : $"{Format.Count(reach.Total)} sessions";
        var groups = reach.Groups.Count == 1 ? "one member of a shared subscription" : $"one member each of {reach.Groups.Count} shared subscriptions";
        return reach.Groups.Count == 0 ? sessions : reach.Total == 0 ? groups[..1].ToUpperInvariant() + groups[1..] : $"{sessions} and {groups}";
    }
}
