using Dashboard.Broker.Monitoring;

namespace Dashboard.Features.Clients;

internal enum ClientColumn
{
    Client,
    Since,
    Subscriptions,
    Inflight,
    Queued,
    Dropped,
    Received,
    Sent,
}

/// <summary>By which column rows are ordered; clients that are equal in it are ordered by their ids. Written "queued" or "-queued" in addresses.</summary>
internal sealed record ClientOrder(ClientColumn Column, bool Descending) : IComparer<ClientInfo>
{
    public static ClientOrder ById { get; } = new(ClientColumn.Client, Descending: false);

    /// <summary>True when the place of a row does not change while it is watched.</summary>
    public bool IsSteady => Column is ClientColumn.Client or ClientColumn.Since;

    public static ClientOrder Parse(string? text)
    {
        var descending = text?.StartsWith('-') == true;
        return Enum.TryParse<ClientColumn>(text?.TrimStart('-'), ignoreCase: true, out var column) && Enum.IsDefined(column)
            ? new ClientOrder(column, descending)
            : ById;
    }

    /// <summary>The order after a click on a column's heading: numbers begin with the largest, a second click turns it round.</summary>
    public ClientOrder Click(ClientColumn column) =>
        column == Column ? this with { Descending = !Descending } : new ClientOrder(column, column != ClientColumn.Client);

    public int Compare(ClientInfo? x, ClientInfo? y)
    {
        var byColumn = CompareColumn(x!, y!);
        return byColumn == 0 ? string.CompareOrdinal(x!.ClientId, y!.ClientId) : Descending ? -byColumn : byColumn;
    }

    public override string ToString() => (Descending ? "-" : "") + Column.ToString().ToLowerInvariant();

    private int CompareColumn(ClientInfo x, ClientInfo y) => Column switch
    {
        ClientColumn.Client => string.CompareOrdinal(x.ClientId, y.ClientId),
        ClientColumn.Since => LastChange(x).CompareTo(LastChange(y)),
        ClientColumn.Subscriptions => x.Subscriptions.CompareTo(y.Subscriptions),
        ClientColumn.Inflight => x.Inflight.CompareTo(y.Inflight),
        ClientColumn.Queued => x.Queued.CompareTo(y.Queued),
        ClientColumn.Dropped => x.Dropped.CompareTo(y.Dropped),
        ClientColumn.Received => x.ReceivedPerSecond.CompareTo(y.ReceivedPerSecond),
        _ => x.SentPerSecond.CompareTo(y.SentPerSecond),
    };

    private static DateTimeOffset LastChange(ClientInfo client) => client.DisconnectedAt ?? client.ConnectedAt;
}
