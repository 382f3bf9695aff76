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
    public void A_device_that_came_back_once_or_long_ago_is_not()
    {
        Assert.Null(SharedClientId.Warning([TakenOver("10.0.0.7:1", 1)], null, SampleClient.Now));
        Assert.Null(SharedClientId.Warning([TakenOver("a:1", 500), TakenOver("a:1", 500), TakenOver("a:1", 500)], null, SampleClient.Now));
    }

    private static ClientEvent TakenOver(string address, int secondsAgo) =>
        new(SampleClient.Now - TimeSpan.FromSeconds(secondsAgo), ClientEventKind.TakenOver, "pi", address, ReasonCode.SessionTakenOver, "Closed");
}
