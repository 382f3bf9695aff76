using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Clients;

/// <summary>All clients, connected and kept. Filter and order are in the address.</summary>
public sealed partial class ClientsPage : LiveView
{
    private const int VirtualFrom = 100;

    private static readonly (ClientState, string)[] States =
        [(ClientState.All, "All"), (ClientState.Connected, "Connected"), (ClientState.Offline, "Offline")];

    /// <summary>The orders that the phone's list offers.</summary>
    private static readonly (ClientColumn, string)[] Orders =
    [
        (ClientColumn.Client, "By client id"),
        (ClientColumn.Since, "Newest first"),
        (ClientColumn.Subscriptions, "Most subscriptions"),
        (ClientColumn.Inflight, "Most in flight"),
        (ClientColumn.Queued, "Most queued"),
        (ClientColumn.Dropped, "Most dropped"),
        (ClientColumn.Received, "Most messages in"),
        (ClientColumn.Sent, "Most messages out"),
    ];

    private readonly ClientTable _table = new();
    private DateTimeOffset _now;
    private bool _isHeld;

    [Inject]
    private ClientDirectory Clients { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private bool IsLong => _table.Rows.Count > VirtualFrom;

    private string FirstCommand => MosquittoCommand.Subscribe(Options, Navigation.BaseUri, "-i my-first-client -t \"#\" -v");

    private string InWords
    {
        get
        {
            var all = $"{Format.Count(_table.Connected)} connected, {Format.Count(_table.Offline)} offline";
            return _table.Filter.Text.Length == 0 ? all : $"{Format.Count(_table.Rows.Count)} found · {all}";
        }
    }

    private string NobodyInWords => _table.Filter is { Text: "", State: ClientState.Offline }
        ? "No session is kept for a client that is away. A session is kept when its client asks for it: with an MQTT 5 session expiry, or before that without clean session."
        : $"{Format.Count(_table.Connected)} connected and {Format.Count(_table.Offline)} offline clients do not meet this filter.";

    protected override void OnInitialized()
    {
        _table.Filter = new ClientFilter(Url.Get("filter") ?? "", Enum.TryParse<ClientState>(Url.Get("show"), ignoreCase: true, out var state) ? state : ClientState.All);
        _table.Order = ClientOrder.Parse(Url.Get("sort"));
        Pull();
    }

    protected override bool HasChanged()
    {
        Pull();
        return true;
    }

    private void Pull()
    {
        _now = Clock.GetUtcNow();
        _table.Show(Clients.List(), _now, _isHeld);
    }

    private Task SearchAsync(string? text) => FilterAsync(new ClientFilter(text ?? "", _table.Filter.State));

    private Task ChooseAsync(ClientState state) => FilterAsync(new ClientFilter(_table.Filter.Text, state));

    private Task ShowAllAsync() => FilterAsync(new ClientFilter("", ClientState.All));

    private async Task FilterAsync(ClientFilter filter)
    {
        _table.Filter = filter;
        Pull();
        await Url.SetAsync("filter", filter.Text);
        await Url.SetAsync("show", filter.State == ClientState.All ? null : filter.State.ToString().ToLowerInvariant());
    }

    private Task OrderAsync(ChangeEventArgs chosen) =>
        Enum.TryParse<ClientColumn>(chosen.Value as string, out var column) && column != _table.Order.Column ? OrderByAsync(column) : Task.CompletedTask;

    private string SortOf(ClientColumn column) => column != _table.Order.Column ? "none" : _table.Order.Descending ? "descending" : "ascending";

    private async Task OrderByAsync(ClientColumn column)
    {
        _table.Order = _table.Order.Click(column);
        Pull();
        await Url.SetAsync("sort", _table.Order == ClientOrder.ById ? null : _table.Order.ToString());
    }
}
