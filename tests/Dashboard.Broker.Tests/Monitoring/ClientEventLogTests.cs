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
            Tell(ClientEventKind.Disconnected, $"other-{i}", $"10.0.1.{i}:1", i);
        }

        Assert.DoesNotContain(_log.Newest(100), one => one.ClientId == "pi");
        Tell(ClientEventKind.Connected, "pi", "10.0.0.7:1", 21);
        Assert.Equal(20, _log.Newest(100).Count);
        Assert.Equal(1, _log.Newest(1)[0].Times);
    }

    [Fact]
    public void A_storm_of_ever_new_client_ids_is_one_event_beyond_its_share_and_pushes_nobody_out()
    {
        Tell(ClientEventKind.SubscribeRefused, "quiet", "10.0.0.1:1", 0);
        for (var i = 0; i < 5_000; i++)
        {
            Tell(ClientEventKind.Connected, $"auto-{i}", $"10.0.0.7:{i}", i * 0.1);
        }

        var events = _log.Newest(100);
        Assert.Contains(events, one => one.ClientId == "quiet");
        Assert.Equal((true, null, "10.0.0.7", 4_989), (events[0].IsCrowd, events[0].ClientId, events[0].Host, events[0].Times));
        Assert.Equal((Start + TimeSpan.FromSeconds(1), Start + TimeSpan.FromSeconds(499.9)), (events[0].First, events[0].Time));
        Assert.Equal(5_000, events.Where(one => one.Kind == ClientEventKind.Connected).Sum(one => one.Times));
        Assert.Equal(13, events.Count);
    }

    [Fact]
    public void A_storm_from_ever_new_addresses_has_a_share_as_well()
    {
        var log = new ClientEventLog(new BrokerOptions { Monitoring = new MonitoringOptions { ClientEvents = 100 } });
        Tell(log, ClientEventKind.Connected, "quiet", "10.0.0.1:1", 0);
        for (var i = 0; i < 5_000; i++)
        {
            Tell(log, ClientEventKind.Refused, $"auto-{i}", $"10.1.{i / 250}.{i % 250}:1", 1);
        }

        var events = log.Newest(200);
        Assert.Contains(events, one => one.ClientId == "quiet");
        Assert.Equal((true, null, 4_975), (events[0].IsCrowd, events[0].Host, events[0].Times));
        Assert.Equal(27, events.Count);
    }

    [Fact]
    public void A_share_comes_back_with_time()
    {
        for (var i = 0; i < 15; i++)
        {
            Tell(ClientEventKind.Connected, $"auto-{i}", "10.0.0.7:1", 0);
        }

        Tell(ClientEventKind.Connected, "later", "10.0.0.7:1", 3_600);

        Assert.Equal("later", _log.Newest(1)[0].ClientId);
    }

    private void Tell(ClientEventKind kind, string clientId, string address, double seconds) => Tell(_log, kind, clientId, address, seconds);

    private static void Tell(ClientEventLog log, ClientEventKind kind, string clientId, string address, double seconds) =>
        log.Add(new ClientEvent(Start + TimeSpan.FromSeconds(seconds), kind, clientId, address, ReasonCode.Success, new EventText(EventCode.Goodbye)));
}
