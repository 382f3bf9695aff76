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
        Assert.Equal(Enumerable.Range(4_990, 10).Reverse().Select(i => $"auto-{i}"), events.Take(10).Select(one => one.ClientId));
        var crowd = events[10];
        Assert.Equal((true, null, "10.0.0.7", 4_990), (crowd.IsCrowd, crowd.ClientId, crowd.Host, crowd.Times));
        Assert.Equal((Start, Start + TimeSpan.FromSeconds(498.9)), (crowd.First, crowd.Time));
        Assert.Equal("quiet", events[11].ClientId);
        Assert.Equal(12, events.Count);
    }

    [Fact]
    public void A_storm_from_ever_new_addresses_has_a_share_as_well()
    {
        var log = new ClientEventLog(new BrokerOptions { Monitoring = new MonitoringOptions { ClientEvents = 90 } });
        Tell(log, ClientEventKind.Connected, "quiet", "10.0.0.1:1", 0);
        for (var i = 0; i < 5_000; i++)
        {
            Tell(log, ClientEventKind.Refused, $"auto-{i}", $"10.1.{i / 250}.{i % 250}:1", 1);
        }

        var events = log.Newest(200);
        Assert.Equal((true, null, 4_970), (events[30].IsCrowd, events[30].Host, events[30].Times));
        Assert.Equal("quiet", events[31].ClientId);
        Assert.Equal(32, events.Count);
    }

    [Fact]
    public void A_storm_that_comes_back_is_counted_on_until_its_line_is_let_go()
    {
        Storm(ClientEventKind.Connected, "10.0.0.7:1", 15);
        Assert.Equal([5], Crowds());
        Storm(ClientEventKind.Connected, "10.0.0.7:1", 4);
        Assert.Equal([9], Crowds());

        Storm(ClientEventKind.Disconnected, "10.0.0.8:1", 40);

        Assert.Equal([30], Crowds());
        Assert.Equal(20, _log.Newest(100).Count);
    }

    [Fact]
    public void The_line_of_a_storm_stands_in_the_story_of_each_client_that_it_counts()
    {
        Tell(ClientEventKind.SubscribeRefused, "quiet", "10.0.0.1:1", 0);
        for (var i = 0; i < 5_000; i++)
        {
            Tell(ClientEventKind.Connected, $"auto-{i}", "10.0.0.7:1", i * 0.1);
        }

        foreach (var id in Enumerable.Range(0, 4_990).Select(i => $"auto-{i}"))
        {
            var line = Assert.Single(_log.Story(id, 100));
            Assert.Equal((true, 4_990), (line.IsCrowd, line.Times));
        }

        Assert.False(Assert.Single(_log.Story("auto-4995", 100)).IsCrowd);
        Assert.Equal(ClientEventKind.SubscribeRefused, Assert.Single(_log.Story("quiet", 100)).Kind);
        Assert.Empty(_log.Story("nobody", 100));
    }

    [Fact]
    public void However_many_clients_a_storm_has_its_line_knows_the_newest_and_forgets_the_oldest()
    {
        var folded = new FoldedClients();
        for (var i = 0; i < 300_000; i++)
        {
            folded.Add($"auto-{i}");
        }

        Assert.All(Enumerable.Range(255_000, 45_000), i => Assert.True(folded.SeemToHave($"auto-{i}")));
        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => folded.SeemToHave($"auto-{i}")), 0, 250);
        Assert.InRange(Enumerable.Range(0, 1_000).Count(i => folded.SeemToHave($"other-{i}")), 0, 250);
    }

    [Fact]
    public void Refusals_from_one_address_stand_by_the_client_that_was_refused()
    {
        for (var i = 0; i < 6; i++)
        {
            Tell(ClientEventKind.Refused, "dev-a", $"10.0.0.7:{i}", i);
            Tell(ClientEventKind.Refused, i % 2 == 0 ? "dev-b" : "dev-c", $"10.0.0.7:{100 + i}", i);
        }

        Assert.Equal([("dev-a", 6), ("dev-b", 3), ("dev-c", 3)], _log.Newest(100).Select(one => (one.ClientId!, one.Times)).Order());
        Assert.Equal(3, Assert.Single(_log.Story("dev-b", 10)).Times);
    }

    private IEnumerable<int> Crowds() => _log.Newest(100, one => one.IsCrowd).Select(one => one.Times);

    private void Storm(ClientEventKind kind, string address, int clients)
    {
        for (var i = 0; i < clients; i++)
        {
            Tell(kind, $"{Guid.NewGuid()}", address, i);
        }
    }

    private void Tell(ClientEventKind kind, string clientId, string address, double seconds) => Tell(_log, kind, clientId, address, seconds);

    private static void Tell(ClientEventLog log, ClientEventKind kind, string clientId, string address, double seconds) =>
        log.Add(new ClientEvent(Start + TimeSpan.FromSeconds(seconds), kind, clientId, address, ReasonCode.Success, new EventText(EventCode.Goodbye)));
}
