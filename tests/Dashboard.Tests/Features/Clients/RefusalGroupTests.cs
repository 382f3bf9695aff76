using Dashboard.Broker;
using Dashboard.Features.Clients;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class RefusalGroupTests
{
    [Fact]
    public void The_same_cause_from_the_same_host_is_one_entry_whatever_the_port_and_the_figures()
    {
        var groups = RefusalGroup.Of(
        [
            Silent("pi", "10.0.0.7:50003", seconds: 92, minutesAgo: 1),
            Silent("pi", "10.0.0.8:50002", seconds: 91, minutesAgo: 2),
            Silent("pi", "10.0.0.7:50001", seconds: 90, minutesAgo: 3),
        ]);

        Assert.Equal(2, groups.Count);
        Assert.Equal(("10.0.0.7", 2), (groups[0].Host, groups[0].Times));
        Assert.Contains("92 s", groups[0].Newest.Message);
        Assert.StartsWith("2 times since 23 Nov", groups[0].InWords());
        Assert.Equal("once", groups[1].InWords());
    }

    [Fact]
    public void A_client_that_fell_silent_and_a_stranger_that_said_nothing_get_different_advice()
    {
        var closed = Silent("pi", "10.0.0.7:50003", seconds: 92, minutesAgo: 1);
        var groups = RefusalGroup.Of([closed, closed with { Kind = ClientEventKind.Refused, ClientId = null }]);

        Assert.Contains("longer keep alive", groups[0].Advice);
        Assert.Contains("Port scans", groups[1].Advice);
    }

    [Theory]
    [InlineData(EventCode.CauseHttp, false)]
    [InlineData(EventCode.CauseTls, false)]
    [InlineData(EventCode.CauseText, true)]
    public void What_does_not_speak_MQTT_gets_advice_unless_its_cause_names_the_door(EventCode cause, bool hasAdvice)
    {
        var refused = new ClientEvent(SampleClient.Now, ClientEventKind.Refused, null, "10.0.0.7:1", ReasonCode.ProtocolError, new EventText(EventCode.Verbatim, new EventText(cause)));

        Assert.Equal(hasAdvice, new RefusalGroup(refused, SampleClient.Now, 1).Advice?.Contains("does not speak MQTT", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public void A_refused_message_has_the_advice_of_its_cause()
    {
        var refused = new ClientEvent(SampleClient.Now, ClientEventKind.PublishRefused, "pi", "10.0.0.7:1", ReasonCode.NotAuthorized, new EventText(EventCode.PublishRefused, "$SYS/x", new EventText(EventCode.CauseOnlyBroker)));

        Assert.Contains("the broker's own", RefusalGroup.AdviceFor(refused));
        Assert.Null(RefusalGroup.AdviceFor(refused with { Kind = ClientEventKind.Connected }));
    }

    [Fact]
    public void What_an_operator_did_needs_no_explanation()
    {
        var silent = Silent("pi", "10.0.0.7:50003", seconds: 92, minutesAgo: 1);

        Assert.True(RefusalGroup.IsRefusal(silent));
        Assert.False(RefusalGroup.IsRefusal(silent with { Reason = ReasonCode.AdministrativeAction }));
        Assert.False(RefusalGroup.IsRefusal(silent with { Kind = ClientEventKind.Disconnected }));
    }

    private static ClientEvent Silent(string clientId, string address, int seconds, int minutesAgo) => new(
        SampleClient.Now - TimeSpan.FromMinutes(minutesAgo),
        ClientEventKind.Closed,
        clientId,
        address,
        ReasonCode.KeepAliveTimeout,
        new EventText(EventCode.ClosedBecause, new EventText(EventCode.CauseSilent, seconds, 60)));
}
