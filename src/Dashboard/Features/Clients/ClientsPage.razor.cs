using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Clients;

/// <summary>All clients, connected and kept. Filter and order are in the address.</summary>
public sealed partial class ClientsPage : LiveView
{
    private const int VirtualFrom = 100;

    private static readonly ProtocolVersion[] Versions = Enum.GetValues<ProtocolVersion>();
    private static readonly string[] Transports = ["TCP", "TLS", "WebSocket"];

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
            return !_table.Filter.IsNarrow || _table.Filter is { Text: "", Topic: "", Version: null, Transport: null } ? all : Texts.Clients_FoundInWords.With(Format.Count(_table.Rows.Count), all);
        }
    }

    private string NobodyInWords => _table.Filter is { Text: "", State: ClientState.Offline }
        ? Texts.Clients_NobodyOffline
        : Texts.Clients_NobodyMeets.With(Format.Count(_table.Connected), Format.Count(_table.Offline));

    protected override void OnInitialized()
    {
        _table.Filter = new ClientFilter(Url.Get("filter") ?? "", Enum.TryParse<ClientState>(Url.Get("show"), ignoreCase: true, out var state) ? state : ClientState.All)
        {
            Version = ParseVersion(Url.Get("version")),
            Transport = Array.Find(Transports, transport => transport.Equals(Url.Get("transport"), StringComparison.OrdinalIgnoreCase)),
            Topic = Url.Get("topic") ?? "",
        };
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
        var filter = _table.Filter;
        filter.Subscribers = filter.Topic.Length == 0 ? null : Clients.SubscribersOf(filter.Topic);
        _table.Show(Clients.List(), _now, _isHeld);
    }

    private Task SearchAsync(string? text) => FilterAsync(_table.Filter.With(newText: text ?? ""));

    private Task ChooseAsync(ClientState state) => FilterAsync(_table.Filter.With(newState: state));

    private Task ShowAllAsync() => FilterAsync(new ClientFilter("", ClientState.All));

    private Task VersionAsync(ChangeEventArgs chosen)
    {
        var filter = _table.Filter;
        return FilterAsync(new ClientFilter(filter.Text, filter.State) { Version = ParseVersion(chosen.Value as string), Transport = filter.Transport, Topic = filter.Topic });
    }

    private Task TransportAsync(ChangeEventArgs chosen)
    {
        var filter = _table.Filter;
        return FilterAsync(new ClientFilter(filter.Text, filter.State) { Version = filter.Version, Transport = Array.Find(Transports, transport => transport == chosen.Value as string), Topic = filter.Topic });
    }

    private Task TopicAsync(ChangeEventArgs chosen)
    {
        var filter = _table.Filter;
        return FilterAsync(new ClientFilter(filter.Text, filter.State) { Version = filter.Version, Transport = filter.Transport, Topic = (chosen.Value as string ?? "").Trim() });
    }

    private static ProtocolVersion? ParseVersion(string? text) =>
        Enum.TryParse<ProtocolVersion>(text, ignoreCase: true, out var version) && Enum.IsDefined(version) ? version : null;

    private async Task FilterAsync(ClientFilter filter)
    {
        _table.Filter = filter;
        Pull();

        // Each as it is by then: what was chosen a moment later must not be written over.
        await Url.SetAsync("filter", _table.Filter.Text);
        await Url.SetAsync("version", _table.Filter.Version?.ToString().ToLowerInvariant());
        await Url.SetAsync("transport", _table.Filter.Transport?.ToLowerInvariant());
        await Url.SetAsync("topic", _table.Filter.Topic);
        await Url.SetAsync("show", _table.Filter.State == ClientState.All ? null : _table.Filter.State.ToString().ToLowerInvariant());
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
