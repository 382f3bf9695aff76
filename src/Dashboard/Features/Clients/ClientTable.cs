using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Clients;

/// <summary>One row of the table.</summary>
/// <param name="HasGone">The session ended while the pointer was on the table, so that its row keeps its place.</param>
internal sealed record ClientRow(ClientInfo Client, bool HasGone);

/// <summary>
/// The rows of the Clients page. They do not jump: while the table is held (the pointer is on it) every row keeps its
/// place, new ones come at the end and those that went stay, marked; figures that move order the rows only now and then.
/// </summary>
internal sealed class ClientTable
{
    private static readonly TimeSpan OrderAgainAfter = TimeSpan.FromSeconds(3);

    private ClientFilter _filter = new("", ClientState.All);
    private ClientOrder _order = ClientOrder.ById;
    private DateTimeOffset _orderedAt;
    private bool _orderNow = true;

    public List<ClientRow> Rows { get; private set; } = [];

    /// <summary>Of all clients, whatever the filter says.</summary>
    public int Connected { get; private set; }

    public int Offline { get; private set; }

    public ClientFilter Filter
    {
        get => _filter;
        set
        {
            _filter = value;
            _orderNow = true;
        }
    }

    public ClientOrder Order
    {
        get => _order;
        set
        {
            _order = value;
            _orderNow = true;
        }
    }

    /// <summary>Takes a new picture of the clients.</summary>
    public void Show(IReadOnlyList<ClientInfo> clients, DateTimeOffset now, bool isHeld)
    {
        Connected = clients.Count(client => client.IsConnected);
        Offline = clients.Count - Connected;
        if (_orderNow || (Order == ClientOrder.ById && !isHeld))
        {
            Rows = [.. Ordered(clients.Where(Filter.Matches)).Select(client => new ClientRow(client, HasGone: false))];
            _orderedAt = now;
            _orderNow = false;
            return;
        }

        Rows = InPlace(clients, isHeld);
        if (!isHeld && (Order.IsSteady || now - _orderedAt >= OrderAgainAfter))
        {
            _orderedAt = now;
            OrderAgain();
        }
    }

    /// <summary>Most of the time nothing has moved, and to see that costs far less than to order.</summary>
    private void OrderAgain()
    {
        for (var i = 1; i < Rows.Count; i++)
        {
            if (Order.Compare(Rows[i - 1].Client, Rows[i].Client) > 0)
            {
                Rows.Sort((one, other) => Order.Compare(one.Client, other.Client));
                return;
            }
        }
    }

    // The directory lists by client id already.
    private IEnumerable<ClientInfo> Ordered(IEnumerable<ClientInfo> clients) => Order == ClientOrder.ById ? clients : clients.Order(Order);

    private List<ClientRow> InPlace(IReadOnlyList<ClientInfo> clients, bool isHeld)
    {
        var byId = clients.ToDictionary(client => client.ClientId, StringComparer.Ordinal);
        var rows = new List<ClientRow>(Rows.Count);
        foreach (var row in Rows)
        {
            if (byId.Remove(row.Client.ClientId, out var client))
            {
                if (isHeld || Filter.Matches(client))
                {
                    rows.Add(new ClientRow(client, HasGone: false));
                }
            }
            else if (isHeld)
            {
                rows.Add(row with { HasGone = true });
            }
        }

        rows.AddRange(Ordered(clients.Where(client => byId.ContainsKey(client.ClientId) && Filter.Matches(client))).Select(client => new ClientRow(client, HasGone: false)));
        return rows;
    }
}
