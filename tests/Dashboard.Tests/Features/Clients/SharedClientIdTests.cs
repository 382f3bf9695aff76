using Dashboard.Broker;
using Dashboard.Features.Clients;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Tests.Features.Clients;

public sealed class SharedClientIdTests
{
    [Fact]
    public void Two_devices_that_take_the_id_from_each_other_are_called_out_with_both_addresses()
    {
        var story = new[] { TakenOver("10.0.0.8:2", 1), TakenOver("10.0.0.7:1", 2), TakenOver("10.0.0.8:0", 3) };

        var words = SharedClientId.Warning(story, "10.0.0.7:3", SampleClient.Now);

        Assert.Contains("taken over 3 times", words);
        Assert.Contains("10.0.0.7:3 and 10.0.0.8:2", words);
    }

    [Fact]
    public void One_host_that_takes_the_id_from_itself_is_told_as_such()
    {
        var words = SharedClientId.Warning([TakenOver("10.0.0.7:3", 1), TakenOver("10.0.0.7:2", 2), TakenOver("10.0.0.7:1", 3)], "10.0.0.7:4", SampleClient.Now);

        Assert.Contains("always from 10.0.0.7.", words);
    }

    [Fact]
    public void Take_overs_that_were_folded_count_as_often_as_they_happened()
    {
        var folded = TakenOver("10.0.0.8:2", 1) with { Times = 40 };

        Assert.Contains("taken over 40 times", SharedClientId.Warning([folded], "10.0.0.7:3", SampleClient.Now));
    }

    [Fact]
    public void A_device_that_came_back_once_or_long_ago_is_not()
    {
        Assert.Null(SharedClientId.Warning([TakenOver("10.0.0.7:1", 1)], null, SampleClient.Now));
        Assert.Null(SharedClientId.Warning([TakenOver("a:1", 500), TakenOver("a:1", 500), TakenOver("a:1", 500)], null, SampleClient.Now));
    }

    private static ClientEvent TakenOver(string address, int secondsAgo) =>
        new(SampleClient.Now - TimeSpan.FromSeconds(secondsAgo), ClientEventKind.TakenOver, "pi", address, ReasonCode.SessionTakenOver, new EventText(EventCode.ClosedBecause, new EventText(EventCode.CauseTakenOver)));
}
