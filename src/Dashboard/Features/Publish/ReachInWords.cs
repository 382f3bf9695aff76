using Dashboard.Broker;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;

namespace Dashboard.Features.Publish;

/// <summary>"2 sessions would receive this", in one line below the topic.</summary>
internal static class ReachInWords
{
    public static string Of(MessageReach reach, string topic, QualityOfService qos)
    {
        if (reach.IsNobody)
        {
            return Texts.Publish_NobodyIs + NearMissWords.After(reach.NearMiss, topic)
                + (reach.ComparedOnly is { } compared ? " " + Texts.Publish_ComparedOnly.With(Format.Count(compared)) : "");
        }

        var words = (reach.Total + reach.TotalGroups == 1 ? Texts.Publish_WouldReceiveOne : Texts.Publish_WouldReceive).With(Receivers(reach));
        var fate = qos == QualityOfService.AtMostOnce ? Texts.Publish_OfflineQoS0 : Texts.Publish_OfflineKept;
        return words + (reach.Offline == 0 ? "" : Texts.Publish_OfflineOfThem.With(Format.Count(reach.Offline), fate)) + "." + NearMissWords.AfterLoggers(reach.NearMiss, topic);
    }

    private static string Receivers(MessageReach reach)
    {
        var sessions = reach.Total == 1 ? Texts.Shared_OneSession : Texts.Shared_Sessions.With(Format.Count(reach.Total));
        var groups = reach.TotalGroups == 1 ? Texts.Publish_OneMember : Texts.Publish_OneMemberEach.With(Format.Count(reach.TotalGroups));
        return reach.TotalGroups == 0 ? sessions : reach.Total == 0 ? groups[..1].ToUpperInvariant() + groups[1..] : Texts.Publish_And.With(sessions, groups);
    }
}
