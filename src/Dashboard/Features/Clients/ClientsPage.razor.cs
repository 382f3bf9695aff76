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

    private static (ClientState, string)[] States =>
        [(ClientState.All, Texts.Clients_All), (ClientState.Connected, Texts.Clients_Connected), (ClientState.Offline, Texts.Clients_Offline)];

    /// <summary>The orders that the phone's list offers.</summary>
    private static (ClientColumn, string)[] Orders =>
    [
        (ClientColumn.Client, Texts.Clients_ById),
        (ClientColumn.Since, Texts.Clients_NewestFirst),
        (ClientColumn.Subscriptions, Texts.Clients_MostSubscriptions),
        (ClientColumn.Inflight, Texts.Clients_MostInflight),
        (ClientColumn.Queued, Texts.Clients_MostQueued),
        (ClientColumn.Dropped, Texts.Clients_MostDropped),
        (ClientColumn.Received, Texts.Clients_MostIn),
        (ClientColumn.Sent, Texts.Clients_MostOut),
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
            var all = Texts.Clients_CountInWords.With(Format.Count(_table.Connected), Format.Count(_table.Offline));
            return _table.Filter.Text.Length == 0 ? all : Texts.Clients_FoundInWords.With(Format.Count(_table.Rows.Count), all);
        }
    }

    private string NobodyInWords => _table.Filter is { Text: "", State: ClientState.Offline }
        ? Texts.Clients_NobodyOffline
        : Texts.Clients_NobodyMeets.With(Format.Count(_table.Connected), Format.Count(_table.Offline));

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
