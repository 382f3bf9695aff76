using System.Globalization;
using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace Dashboard.Features.Clients;

/// <summary>The packet ladder of one client: both directions, live. While it is open its packets are captured.</summary>
public sealed partial class PacketsPage : LiveView
{
    private static readonly PacketType[] Types = [.. Enum.GetValues<PacketType>().Where(type => type != PacketType.Reserved)];

    private PacketLadder _ladder = default!;
    private IReadOnlyList<TracedPacket> _pulled = [];
    private List<TracedPacket> _rows = [];
    private TracedPacket? _shown;
    private bool _isPaused;
    private bool _isHeld;

    /// <summary>The client id.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "id")]
    public string? Id { get; set; }

    [Inject]
    private PacketTraces Traces { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    private static (PacketDirection, string)[] Directions =>
        [(PacketDirection.Both, Texts.Clients_Both), (PacketDirection.FromClient, Texts.Clients_FromClient), (PacketDirection.ToClient, Texts.Clients_ToClient)];

    private string ClientId => Id ?? "";

    private IEnumerable<int> KeepMinutes => ((int[])[5, 15, 60, 240]).Where(minutes => minutes <= Options.Monitoring.TraceMinutes);

    /// <summary>Of what is shown: without what was cleared, and without what came since it was paused.</summary>
    private string ExportAddress => QueryHelpers.AddQueryString(PacketExport.Path, new Dictionary<string, string?>
    {
        ["id"] = ClientId,
        ["direction"] = _ladder.Filter.Direction.ToString().ToLowerInvariant(),
        ["type"] = _ladder.Filter.Type?.ToString().ToLowerInvariant(),
        ["after"] = _ladder.ClearedAt > 0 ? Number(_ladder.ClearedAt) : null,
        ["until"] = _isPaused ? Number(_ladder.ShownUntil) : null,
    });

    private static string Number(long sequence) => sequence.ToString(CultureInfo.InvariantCulture);

    protected override void OnInitialized() =>
        _ladder = new PacketLadder(Traces) { Filter = PacketFilter.Parse(Url.Get("direction"), Url.Get("type")) };

    protected override void OnParametersSet()
    {
        // Not while the page is only drawn for the first answer: nobody would end that capture.
        if (RendererInfo.IsInteractive && _ladder.Trace?.ClientId != ClientId)
        {
            _shown = null;
            _ladder.Watch(ClientId);
            Pull();
        }
    }

    protected override bool HasChanged()
    {
        if (_ladder.IsRefused)
        {
            _ladder.Watch(ClientId);
        }

        return Pull();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _ladder.Dispose();
    }

    private bool Pull()
    {
        var changed = _ladder.Refresh(hold: _isPaused || _isHeld);
        if (!ReferenceEquals(_pulled, _ladder.Rows))
        {
            _pulled = _ladder.Rows;
            _rows = [.. _pulled];
        }

        return changed;
    }

    private void Pause()
    {
        _isPaused = !_isPaused;
        Pull();
    }

    private void Clear()
    {
        _ladder.Clear();
        _shown = null;
        Pull();
    }

    private void Keep(ChangeEventArgs chosen)
    {
        if (int.TryParse(chosen.Value as string, CultureInfo.InvariantCulture, out var minutes))
        {
            Traces.KeepFor(ClientId, TimeSpan.FromMinutes(minutes));
        }
    }

    private Task TypeAsync(ChangeEventArgs chosen) =>
        FilterAsync(_ladder.Filter with { Type = PacketFilter.Parse(null, chosen.Value as string).Type });

    private async Task FilterAsync(PacketFilter filter)
    {
        _ladder.Filter = filter;
        Pull();
        await Url.SetAsync("direction", filter.Direction == PacketDirection.Both ? null : filter.Direction.ToString().ToLowerInvariant());
        await Url.SetAsync("type", filter.Type?.ToString().ToLowerInvariant());
    }
}
