using Dashboard.Broker;
using Dashboard.Shared;
using Dashboard.Shared.Deletions;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Radzen;

namespace Dashboard.Features.Retained;

/// <summary>The broker's true store: looked at through a filter, one message in detail, deleted and put back.</summary>
public sealed partial class RetainedPage : LiveView
{
    private const string System = "$SYS/#";

    private RetainedList? _list;
    private string? _typed;
    private string? _problem;
    private string? _selected;
    private string? _news;
    private long _second;

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

    private string DeleteLabel => List.Filter == RetainedList.Everything ? Texts.Retained_DeleteAll : Texts.Retained_DeleteThese;

    private string ExampleCommand => MosquittoCommand.Publish(Broker.Options, Navigation.Uri, "-t \"house/kitchen/main-light\" -m \"on\" -r");

    /// <summary>What has just been done here, or else what was deleted last and can be put back.</summary>
    private string? News => _news
        ?? (Deletions.Newest is { } deletion ? $"{DeletionWords.Deleted(deletion)} {Format.Ago(Clock.GetUtcNow() - deletion.Time)}" : null);

    private string NoMatchText => List.Filter.AsSpan().ContainsAny('+', '#')
        ? Texts.Retained_NoMatchFilter.With(List.Filter)
        : Texts.Retained_NoMatchTopic.With(List.Filter, List.Filter.TrimEnd('/'));

    protected override void OnInitialized()
    {
        _typed = Url.Get("filter");
        _selected = Url.Get("topic");
        SetFilter();
        List.Look();
    }

    protected override bool HasChanged()
    {
        var second = Clock.GetUtcNow().ToUnixTimeSeconds(); // ages and what is left of an expiry are in seconds
        var changed = List.Refresh() || second != _second;
        _second = second;
        return changed;
    }

    private async Task TypeAsync(string? filter)
    {
        _typed = filter;
        if (SetFilter())
        {
            await Url.SetAsync("filter", filter);
        }
    }

    private Task ToggleSystemAsync() => TypeAsync(ShowsSystem ? null : System);

    private bool SetFilter()
    {
        var filter = string.IsNullOrEmpty(_typed) ? RetainedList.Everything : _typed;
        _problem = FilterProblem.InWords(filter);
        if (_problem is null)
        {
            List.Filter = filter;
        }

        return _problem is null;
    }

    private async Task ChooseAsync(string? topic)
    {
        _selected = topic;
        await Url.SetAsync("topic", topic);
    }

    private async Task DeleteListedAsync()
    {
        var filter = List.Filter;
        if (await Dialogs.AskToDeleteAsync(filter))
        {
            await DeleteAsync(filter);
        }
    }

    /// <param name="filter">Or one topic, which is a filter that matches only itself.</param>
    private async Task DeleteAsync(string filter)
    {
        var deletion = Deletions.Delete(filter);
        _news = deletion.Messages.CanRestore ? null : DeletionWords.Deleted(deletion);
        List.Look();
        if (filter == _selected)
        {
            await ChooseAsync(null);
        }
    }

    private void Undo(Deletion deletion)
    {
        _news = DeletionWords.Restored(Deletions.Undo(deletion));
        List.Look();
    }
}
