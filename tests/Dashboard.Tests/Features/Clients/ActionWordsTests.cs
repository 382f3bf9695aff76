using Dashboard.Broker.Monitoring;
using Dashboard.Features.Clients;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class ActionWordsTests
{
    [Fact]
    public void Disconnecting_says_what_becomes_of_the_session_and_the_will()
    {
        var client = SampleClient.Named("a") with { Version = ProtocolVersion.V311, Subscriptions = 1, Queued = 2 };
        var will = new WillMessage("state/a", [], QualityOfService.AtMostOnce, Retain: false);

        var words = ActionWords.BeforeDisconnect(new ClientDetails(client, [], will));

        Assert.Contains("MQTT 3.1.1 has no word for it", words);
        Assert.Contains("Its session ends with it: 1 subscription and 2 waiting messages are gone.", words);
        Assert.Contains("Its will is published on state/a.", words);
    }

    [Fact]
    public void A_session_that_is_kept_goes_on_collecting()
    {
        var client = SampleClient.Named("a") with { SessionExpiry = 3600 };

        var words = ActionWords.BeforeDisconnect(new ClientDetails(client, [], Will: null));

        Assert.Contains("The client is told that an operator did it.", words);
        Assert.Contains("Its session is kept 1 h after it leaves, and goes on collecting messages.", words);
    }

    [Theory]
    [InlineData(1, 0, "1 message")]
    [InlineData(0, 1, "1 message")]
    [InlineData(1, 2, "3 messages")]
    public void Clearing_says_what_is_given_up(int queued, int inflight, string messages)
    {
        var client = SampleClient.Offline("a") with { Subscriptions = 3, Queued = queued, Inflight = inflight };

        Assert.StartsWith(
            $"The session ends: 3 subscriptions and {messages} that wait for it are given up for good.",
            ActionWords.BeforeClear(new ClientDetails(client, [], Will: null)));
    }

    [Fact]
    public void Coming_too_late_is_said()
    {
        Assert.Contains("already gone", ActionWords.AfterDisconnect(wasConnected: false));
        Assert.Contains("no session left", ActionWords.AfterClear(wasThere: false));
    }
}
