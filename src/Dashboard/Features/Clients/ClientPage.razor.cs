using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Mqtt.Packets;
using Dashboard.Shared;
using Dashboard.Shared.Controls;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Features.Clients;

/// <summary>Everything that is known of one client, and what may be done to it.</summary>
public sealed partial class ClientPage : LiveView
{
    private const int LongestStory = 100;

    private ClientDetails? _details;
    private IReadOnlyList<ClientEvent> _story = [];
    private string? _sharedId;
    private string? _outcome;
    private DateTimeOffset _now;

    /// <summary>The client id.</summary>
    [Parameter, SupplyParameterFromQuery(Name = "id")]
    public string? Id { get; set; }

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private ClientDirectory Clients { get; set; } = default!;

    [Inject]
    private ClientEventLog Log { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    private string ClientId => Id ?? "";

    private string Summary => _details is null ? Texts.Clients_NoSession : Texts.Clients_DetailSummary.With(ClientWords.Since(_details.Client, _now), ClientWords.SessionExpiry(_details.Client, _now));

    private string GoneInWords => _story.Count == 0
        ? Texts.Clients_NeverHere
        : Texts.Clients_WasHere;

    protected override void OnParametersSet()
    {
        _outcome = null;
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
        _details = Clients.Find(ClientId);
        _story = Log.Story(ClientId, LongestStory + 1);
        _sharedId = SharedClientId.Warning(_story, _details?.Client.Address, _now);
    }

    private async Task DisconnectAsync()
    {
        if (_details is { } details && await Dialogs.ConfirmAsync(Texts.Clients_AskDisconnect, ActionWords.BeforeDisconnect(details), Texts.Clients_Disconnect, dangerous: true))
        {
            _outcome = ActionWords.AfterDisconnect(Broker.Disconnect(details.Client.ClientId));
            Pull();
        }
    }

    private async Task BanAsync()
    {
        if (_details is { } details && await BanDialog.AskAsync(Dialogs, details.Client) is { } ban)
        {
            var result = Broker.Ban(ban, out var disconnected);
            _outcome = BanWords.Outcome(ban, result, disconnected, Broker.Options.MaxBans);
            Pull();
        }
    }

    private void Add(SubscriptionRequest request)
    {
        _outcome = ActionWords.AfterSubscribe(request, Broker.Subscribe(ClientId, request));
        Pull();
    }

    private async Task RemoveAsync(string filter)
    {
        if (await Dialogs.ConfirmAsync(Texts.Clients_AskRemove, Texts.Clients_BeforeRemove.With(filter), Texts.Clients_Remove, dangerous: true))
        {
            _outcome = (Broker.Unsubscribe(ClientId, filter).IsDone ? Texts.Clients_Removed : Texts.Clients_RemovedBefore).With(filter);
            Pull();
        }
    }

    private async Task ClearAsync()
    {
        if (_details is { } details && await Dialogs.ConfirmAsync(Texts.Clients_AskClear, ActionWords.BeforeClear(details), Texts.Clients_ClearSession, dangerous: true))
        {
            _outcome = ActionWords.AfterClear(Broker.ClearSession(details.Client.ClientId));
            Pull();
        }
    }
}
