using Dashboard.Broker;
using Dashboard.Features.Publish;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Publish;

public sealed class ReachInWordsTests
{
    [Fact]
    public void When_not_all_subscriptions_were_compared_it_says_so()
    {
        var reach = MessageReach.Nobody with { ComparedOnly = 12_032 };

        Assert.EndsWith("Only the first 12,032 subscriptions were compared.", ReachInWords.Of(reach, "a", QualityOfService.AtMostOnce), StringComparison.Ordinal);
    }

    [Fact]
    public void Sessions_and_groups_are_counted()
    {
        var group = new ReceiverGroup("workers", "a", 3, 3);

        Assert.Equal("1 session would receive this.", Words(0, [One("a")], []));
        Assert.Equal("2 sessions and one member of a shared subscription would receive this.", Words(0, [One("a"), One("b")], [group]));
        Assert.Equal("One member each of 2 shared subscriptions would receive this.", Words(0, [], [group, group]));
    }

    [Fact]
    public void What_happens_to_those_who_are_offline_depends_on_the_QoS()
    {
        var offline = One("a") with { IsConnected = false };

        Assert.Contains("QoS 0 is not kept", Words(0, [offline], []), StringComparison.Ordinal);
        Assert.Contains("kept for those whose QoS is 1 or 2", Words(1, [offline], []), StringComparison.Ordinal);
    }

    [Fact]
    public void Those_who_are_not_listed_count_too() =>
        Assert.Equal(
            "1,200 sessions and one member each of 70 shared subscriptions would receive this; 300 of them offline now (QoS 0 is not kept for those who are offline).",
            ReachInWords.Of(new MessageReach(1_200, 300, 70, [One("a")], []), "a", QualityOfService.AtMostOnce));

    [Fact]
    public void Nobody_is_said() => Assert.StartsWith("Nobody is subscribed", Words(0, [], []), StringComparison.Ordinal);

    [Theory]
    [InlineData("c/1", "C/1", true)]
    [InlineData("c/1", "/c/1", true)]
    [InlineData("c/1", "c/1 ", true)]
    [InlineData("c/1", "c/2", false)]
    public void Beside_a_logger_a_slip_of_the_pen_is_told_and_a_neighbour_is_not(string filter, string topic, bool isTold)
    {
        var reach = new MessageReach(1, 0, 0, [One("logger")], []) { NearMiss = new NearMiss("pi", filter, "") };

        Assert.Equal(isTold, ReachInWords.Of(reach, topic, QualityOfService.AtMostOnce).Contains("pi listens to", StringComparison.Ordinal));
    }

    private static Receiver One(string clientId) => new(clientId, IsConnected: true, QualityOfService.AtMostOnce, ["a"]);

    private static string Words(int qos, Receiver[] sessions, ReceiverGroup[] groups) =>
        ReachInWords.Of(new MessageReach(sessions.Length, sessions.Count(session => !session.IsConnected), groups.Length, sessions, groups), "a", (QualityOfService)qos);
}
