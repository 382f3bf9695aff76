using Dashboard.Broker.Monitoring;
using Dashboard.Features.Clients;

namespace Dashboard.Tests.Features.Clients;

public sealed class ClientTableTests
{
    private readonly ClientTable _table = new();
    private DateTimeOffset _now = SampleClient.Now;

    [Fact]
    public void New_clients_take_their_place_by_id()
    {
        Show(held: false, SampleClient.Named("a"), SampleClient.Named("c"));
        Show(held: false, SampleClient.Named("a"), SampleClient.Named("b"), SampleClient.Named("c"));

        Assert.Equal(["a", "b", "c"], Ids());
    }

    [Fact]
    public void Under_the_pointer_new_ones_come_at_the_end_and_gone_ones_stay_marked()
    {
        Show(held: false, SampleClient.Named("a"), SampleClient.Named("c"));
        Show(held: true, SampleClient.Named("b"), SampleClient.Named("c"));

        Assert.Equal(["a", "c", "b"], Ids());
        Assert.True(_table.Rows[0].HasGone);

        Show(held: false, SampleClient.Named("b"), SampleClient.Named("c"));

        Assert.Equal(["b", "c"], Ids());
    }

    [Fact]
    public void A_row_that_no_longer_meets_the_filter_stays_under_the_pointer()
    {
        _table.Filter = new ClientFilter("", ClientState.Connected);
        Show(held: false, SampleClient.Named("a"));

        Show(held: true, SampleClient.Offline("a"));
        Assert.False(Assert.Single(_table.Rows).Client.IsConnected);

        Show(held: false, SampleClient.Offline("a"));
        Assert.Empty(_table.Rows);
    }

    [Fact]
    public void Figures_that_move_order_the_rows_only_every_few_seconds()
    {
        _table.Order = new ClientOrder(ClientColumn.Received, Descending: true);
        Show(held: false, WithRate("a", 2), WithRate("b", 1));

        _now += TimeSpan.FromSeconds(1);
        Show(held: false, WithRate("a", 2), WithRate("b", 9));
        Assert.Equal(["a", "b"], Ids());
        Assert.Equal(9, _table.Rows[1].Client.ReceivedPerSecond);

        _now += TimeSpan.FromSeconds(3);
        Show(held: false, WithRate("a", 2), WithRate("b", 9));
        Assert.Equal(["b", "a"], Ids());
    }

    [Fact]
    public void The_newest_stays_first_as_clients_come_and_go()
    {
        _table.Order = new ClientOrder(ClientColumn.Since, Descending: true);
        var (old, young) = (SampleClient.Named("old"), SampleClient.Named("young") with { ConnectedAt = SampleClient.Now });
        Show(held: false, old, young);
        Assert.Equal(["young", "old"], Ids());

        Show(held: false, old with { ConnectedAt = SampleClient.Now + TimeSpan.FromSeconds(1) }, young);
        Assert.Equal(["old", "young"], Ids());
    }

    [Fact]
    public void A_new_filter_or_order_holds_at_once_even_under_the_pointer()
    {
        Show(held: true, SampleClient.Named("a"), SampleClient.Named("b") with { Queued = 5 });

        _table.Order = _table.Order.Click(ClientColumn.Queued);
        Show(held: true, SampleClient.Named("a"), SampleClient.Named("b") with { Queued = 5 });
        Assert.Equal(["b", "a"], Ids());

        _table.Filter = new ClientFilter("a", ClientState.All);
        Show(held: true, SampleClient.Named("a"), SampleClient.Named("b"));
        Assert.Equal(["a"], Ids());
    }

    [Fact]
    public void It_counts_all_clients_whatever_the_filter_says()
    {
        _table.Filter = new ClientFilter("nobody", ClientState.All);
        Show(held: false, SampleClient.Named("a"), SampleClient.Offline("b"), SampleClient.Offline("c"));

        Assert.Equal((1, 2), (_table.Connected, _table.Offline));
        Assert.Empty(_table.Rows);
    }

    private static ClientInfo WithRate(string clientId, double rate) => SampleClient.Named(clientId) with { ReceivedPerSecond = rate };

    private void Show(bool held, params ClientInfo[] clients) => _table.Show(clients, _now, held);

    private IEnumerable<string> Ids() => _table.Rows.Select(row => row.Client.ClientId);
}
