using Dashboard.Features.Clients;

namespace Dashboard.Tests.Features.Clients;

public sealed class ClientOrderTests
{
    [Fact]
    public void An_order_survives_the_address_bar()
    {
        var order = new ClientOrder(ClientColumn.Queued, Descending: true);

        Assert.Equal("-queued", order.ToString());
        Assert.Equal(order, ClientOrder.Parse("-queued"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("colour")]
    [InlineData("77")]
    public void What_is_no_order_is_the_order_by_client_id(string? text) =>
        Assert.Equal(ClientColumn.Client, ClientOrder.Parse(text).Column);

    [Fact]
    public void A_click_on_a_figure_begins_with_the_largest_and_a_second_one_turns_it_round()
    {
        var once = ClientOrder.ById.Click(ClientColumn.Dropped);

        Assert.True(once.Descending);
        Assert.False(once.Click(ClientColumn.Dropped).Descending);
    }

    [Fact]
    public void Clients_that_are_equal_stay_in_the_order_of_their_ids_in_both_directions()
    {
        var clients = new[] { SampleClient.Named("b"), SampleClient.Named("c") with { Queued = 3 }, SampleClient.Named("a") };

        var ordered = clients.Order(new ClientOrder(ClientColumn.Queued, Descending: true));

        Assert.Equal(["c", "a", "b"], ordered.Select(client => client.ClientId));
    }
}
