using Dashboard.Broker.Monitoring;
using Dashboard.Features.Clients;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class ClientWordsTests
{
    [Theory]
    [InlineData(0, "cut in 1:30")]
    [InlineData(48, "cut in 0:42")]
    [InlineData(78, "overdue, cut in 0:12")]
    [InlineData(95, "overdue, cut in 0:00")]
    public void A_silent_client_is_cut_after_one_and_a_half_keep_alives(int silent, string words)
    {
        var client = SampleClient.Named("a") with { LastReceived = SampleClient.Now - TimeSpan.FromSeconds(silent) };

        Assert.Equal(words, ClientWords.Countdown(client, SampleClient.Now));
    }

    [Fact]
    public void Nobody_is_cut_without_a_keep_alive_or_a_connection()
    {
        Assert.Null(ClientWords.Countdown(SampleClient.Named("a") with { KeepAlive = 0 }, SampleClient.Now));
        Assert.Null(ClientWords.Countdown(SampleClient.Offline("a"), SampleClient.Now));
    }

    [Theory]
    [InlineData(0u, "ends with the connection")]
    [InlineData(3600u, "kept 1 h after it leaves")]
    [InlineData(uint.MaxValue, "kept for ever")]
    public void The_session_expiry_is_said_in_words(uint seconds, string words) =>
        Assert.Equal(words, ClientWords.SessionExpiry(SampleClient.Named("a") with { SessionExpiry = seconds }, SampleClient.Now));

    [Fact]
    public void An_offline_session_counts_down() =>
        Assert.Equal("ends in 58 min", ClientWords.SessionExpiry(SampleClient.Offline("a"), SampleClient.Now));

    [Fact]
    public void Subscription_options_are_named_when_they_differ_from_the_usual()
    {
        var usual = new SubscriptionInfo("a/#", QualityOfService.AtMostOnce, false, false, RetainHandling.SendAtSubscribe, null);
        var all = new SubscriptionInfo("$share/g/a", QualityOfService.AtMostOnce, true, true, RetainHandling.DoNotSend, 7);

        Assert.Empty(ClientWords.Options(usual));
        Assert.Equal(
            ["shared: each message goes to one of the group", "not its own messages", "retain flag as published", "no stored messages", "identifier 7"],
            ClientWords.Options(all));
    }
}
