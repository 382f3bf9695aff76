using Dashboard.Broker;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Radzen;

namespace Dashboard.Features.Retained;

/// <summary>The broker's true store: looked at through a filter, one message in detail, deleted and put back.</summary>
public sealed partial class RetainedPage : LiveView
{
    private const string System = "$SYS/#";

    private Virtualize<RetainedMessage>? _rows;
    private RetainedList? _list;
    private string? _typed;
    private string? _selected;
    private string? _news;
    private DateTimeOffset _agesShownAt;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private RecentDeletions Deletions { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    private RetainedList List => _list ??= new RetainedList(Broker, Clock);

    private bool ShowsSystem => List.Filter.StartsWith('$');

    private string ExampleCommand => MosquittoCommand.Publish(Broker.Options, Navigation.Uri, "-t \"house/kitchen/main-light\" -m \"on\" -r");

    private string NoMatchText => List.Filter.AsSpan().ContainsAny('+', '#')
        ? $"Nothing is stored on a topic that {List.Filter} matches."
        : $"Nothing is stored on the topic {List.Filter}. To see what lies below it, write {List.Filter.TrimEnd('/')}/#.";

    protected override void OnInitialized()
    {
        _typed = Url.Get("filter");
        _selected = Url.Get("topic");
        List.SetFilter(_typed);
    }

    protected override bool HasChanged()
    {
        if (List.Refresh())
        {
            Reload();
            return true;
        }

        // Ages are in whole seconds.
        return Clock.GetUtcNow() - _agesShownAt >= ChartPace;
    }

    protected override bool ShouldRender()
    {
        _agesShownAt = Clock.GetUtcNow();
        return true;
    }

    private ValueTask<ItemsProviderResult<RetainedMessage>> ReadRows(ItemsProviderRequest request) =>
        ValueTask.FromResult(new ItemsProviderResult<RetainedMessage>(List.Read(request.StartIndex, request.Count), List.Count));

    /// <summary>The rows are read from memory, so this is done when it returns.</summary>
    private void Reload() => _ = _rows?.RefreshDataAsync();

    private async Task FilterTyped(string? filter)
    {
        _typed = filter;
        List.SetFilter(filter);
        if (List.Error is null)
        {
            Reload();
            await Url.SetAsync("filter", filter);
        }
    }

    private async Task OpenAsync(string? topic)
    {
        _selected = topic;
        await Url.SetAsync("topic", topic);
    }

    private async Task DeleteShownAsync()
    {
        var filter = List.Filter;
        if (await Dialogs.AskToDeleteAsync(filter))
        {
            Delete(filter);
        }
    }

    private void Delete(string filter)
    {
        var deletion = Deletions.Delete(filter);
        _news = deletion.Messages.CanRestore ? null : DeletionWords.Deleted(deletion);
        LookAgain();
    }

    private void Undo(Deletion deletion)
    {
        _news = DeletionWords.Restored(Deletions.Undo(deletion));
        LookAgain();
    }

    private void LookAgain()
    {
        List.Look();
        Reload();
    }

    private static string Sentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";
}
