using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;

namespace Dashboard.Broker.Tests.Monitoring;

public sealed class ClientEventLogTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private readonly ClientEventLog _log = new(new BrokerOptions { Monitoring = new MonitoringOptions { ClientEvents = 20 } });

    [Fact]
    public void A_client_that_comes_and_goes_all_the_time_pushes_nobody_out()
    {
        Tell(ClientEventKind.Connected, "quiet", "10.0.0.1:1", 0);
        for (var i = 0; i < 500; i++)
        {
            Tell(ClientEventKind.Connected, "storm", $"10.0.0.7:{i}", i * 0.1);
            Tell(ClientEventKind.Disconnected, "storm", $"10.0.0.7:{i}", i * 0.1);
        }

        var events = _log.Newest(100);
        Assert.Contains(events, one => one.ClientId == "quiet");
        Assert.Equal(500, events.Where(one => one.Kind == ClientEventKind.Connected && one.ClientId == "storm").Sum(one => one.Times));
        Assert.Equal(498, events[0].Times);
        Assert.Equal(Start + TimeSpan.FromSeconds(49.9), events[0].Time);
    }

    [Fact]
    public void What_comes_a_few_times_or_with_pauses_is_told_one_by_one()
    {
        for (var i = 0; i < 6; i++)
        {
            Tell(ClientEventKind.Connected, "pi", "10.0.0.7:1", i * 90);
        }

        Assert.Equal(6, _log.Newest(100).Count);
        Assert.All(_log.Newest(100), one => Assert.Equal(1, one.Times));
    }

    [Fact]
    public void Two_addresses_that_take_an_id_from_each_other_stay_two_entries()
    {
        for (var i = 0; i < 40; i++)
        {
            Tell(ClientEventKind.TakenOver, "pi", $"10.0.0.{i % 2}:{i}", i);
        }

        var events = _log.Newest(100);
        Assert.Equal(["10.0.0.1", "10.0.0.0"], events.Take(2).Select(one => one.Host));
        Assert.Equal(40, events.Sum(one => one.Times));
        Assert.Equal(6, events.Count);
    }

    [Fact]
    public void What_the_ring_lets_go_is_counted_anew()
    {
        Tell(ClientEventKind.Connected, "pi", "10.0.0.7:1", 0);
        for (var i = 0; i < 20; i++)
        {
            Tell(ClientEventKind.Connected, $"other-{i}", "10.0.0.8:1", i);
        }

        Assert.DoesNotContain(_log.Newest(100), one => one.ClientId == "pi");
        Tell(ClientEventKind.Connected, "pi", "10.0.0.7:1", 21);
        Assert.Equal(20, _log.Newest(100).Count);
        Assert.Equal(1, _log.Newest(1)[0].Times);
    }

    private void Tell(ClientEventKind kind, string clientId, string address, double seconds) =>
        _log.Add(new ClientEvent(Start + TimeSpan.FromSeconds(seconds), kind, clientId, address, ReasonCode.Success, kind.ToString()));
}
