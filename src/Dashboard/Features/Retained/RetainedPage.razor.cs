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

    private readonly HashSet<string> _chosen = new(StringComparer.Ordinal);
    private RetainedList? _list;
    private IReadOnlyList<Deletion> _deletions = [];
    private string? _typed;
    private string? _problem;
    private string? _selected;
    private string? _news;
    private Progress? _progress;
    private long _second;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private RecentDeletions Deletions { get; set; } = default!;

    [Inject]
    private ProtectedTopics Protection { get; set; } = default!;

    [Inject]
    private DialogService Dialogs { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    private RetainedList List => _list ??= new RetainedList(Broker, Clock);

    private bool ShowsEverything => List.Filter.Topics == RetainedFilter.Everything && !List.Filter.IsNarrowed;

    private bool ShowsSystem => List.Filter.Topics.StartsWith('$');

    private string DeleteLabel => _chosen.Count > 0 ? Texts.Retained_DeleteChosen.With(Format.Count(_chosen.Count))
        : ShowsEverything ? Texts.Retained_DeleteAll : Texts.Retained_DeleteThese;

    private string ExampleCommand => MosquittoCommand.Publish(Broker.Options, Navigation.Uri, "-t \"house/kitchen/main-light\" -m \"on\" -r");

    /// <summary>What has just been done here, or else what was deleted last and can be put back.</summary>
    private string? News => _news ?? (_deletions is [var deletion, ..] ? DeletionWords.Deleted(deletion) : null);

    private string NoMatchText => List.Filter.IsNarrowed ? Texts.Retained_NoMatchNarrowed.With(List.Filter.Topics)
        : List.Filter.Topics.AsSpan().ContainsAny('+', '#') ? Texts.Retained_NoMatchFilter.With(List.Filter.Topics)
        : Texts.Retained_NoMatchTopic.With(List.Filter.Topics, List.Filter.Topics.TrimEnd('/'));

    protected override void OnInitialized()
    {
        _typed = Url.Get("filter");
        _selected = Url.Get("topic");
        List.Filter = RetainedFilter.All with
        {
            OlderThan = RetainedFilter.AgeOf(Url.Get("older")),
            Publisher = Url.Get("by") ?? "",
            MinSize = RetainedFilter.SizeOf(Url.Get("size")),
            Sort = RetainedFilter.SortOf(Url.Get("sort")),
        };
        _deletions = Deletions.All;
        SetTopics();
    }

    protected override bool HasChanged()
    {
        _deletions = Deletions.All;
        var second = Clock.GetUtcNow().ToUnixTimeSeconds(); // ages and what is left of an expiry are in seconds
        var changed = List.Refresh() || second != _second || _progress is not null;
        _second = second;
        return changed;
    }

    private async Task TypeAsync(string? filter)
    {
        _typed = filter;
        if (SetTopics())
        {
            await Url.SetAsync("filter", filter);
        }
    }

    private Task ToggleSystemAsync() => TypeAsync(ShowsSystem ? null : System);

    private bool SetTopics()
    {
        var topics = string.IsNullOrEmpty(_typed) ? RetainedFilter.Everything : _typed;
        _problem = FilterProblem.InWords(topics);
        if (_problem is null)
        {
            List.Filter = List.Filter with { Topics = topics };
            _chosen.Clear(); // nothing is deleted that is not in sight
        }

        return _problem is null;
    }

    private async Task NarrowAsync(RetainedFilter filter)
    {
        if (List.Filter with { Sort = filter.Sort } != filter)
        {
            _chosen.Clear(); // nothing is deleted that is not in sight
        }

        List.Filter = filter;
        await Url.SetAsync("older", filter.AgeKey);
        await Url.SetAsync("by", filter.Publisher);
        await Url.SetAsync("size", filter.SizeKey);
        await Url.SetAsync("sort", filter.SortKey);
    }

    private async Task ShowAllAsync()
    {
        await TypeAsync(null);
        await NarrowAsync(RetainedFilter.All);
    }

    private async Task OpenAsync(string? topic)
    {
        _selected = topic;
        await Url.SetAsync("topic", topic);
    }

    /// <summary>What was listed when the question came is what is deleted, less what has changed since: nobody has seen that.</summary>
    private async Task DeleteListedAsync()
    {
        var areChosen = _chosen.Count > 0;
        var found = areChosen ? Chosen() : List.Found;
        var seenAt = areChosen ? Clock.GetUtcNow() : List.LookedAt;
        var name = found.Topics is [var only] ? only : areChosen || List.Filter.IsNarrowed ? Texts.Retained_TheChosen : List.Filter.Topics;
        if (await Dialogs.AskToDeleteAsync(List.Filter.Topics, found, areChosen || List.Filter.IsNarrowed))
        {
            await DeleteAsync(name, found.Topics, seenAt);
            _chosen.Clear();
        }
    }

    private async Task DeleteOneAsync(string topic)
    {
        if (Protection.Of(topic) is { } by)
        {
            _news = Texts.Retained_IsProtected.With(topic, by.Name);
            return;
        }

        if (Deletions.IsForGood(topic) && !await Dialogs.AskToDeleteAsync(topic))
        {
            return;
        }

        await DeleteAsync(topic, [topic], seenAt: null);
        _chosen.Remove(topic);
        if (topic == _selected)
        {
            await OpenAsync(null);
        }
    }

    private RetainedIndex Chosen()
    {
        var topics = _chosen.Order(StringComparer.Ordinal).ToArray();
        return new RetainedIndex(topics, Broker.SizeOfRetained(topics));
    }

    private async Task DeleteAsync(string name, IReadOnlyList<string> topics, DateTimeOffset? seenAt)
    {
        _news = null;
        var deletion = await RunAsync(topics.Count, progress => Deletions.Delete(name, topics, seenAt, progress));
        _news = deletion.Messages.CanRestore ? null : DeletionWords.Deleted(deletion);
        Look();
    }

    private async Task UndoAsync(Deletion deletion)
    {
        _news = DeletionWords.Restored(await RunAsync(deletion.Messages.Count, _ => Deletions.Undo(deletion)));
        Look();
    }

    private void Look()
    {
        _deletions = Deletions.All;
        List.Look();
    }

    /// <summary>Off the circuit, so that the page goes on answering; ticks show how far it is.</summary>
    private async Task<T> RunAsync<T>(int of, Func<Action<int>, T> work)
    {
        const int WorthProgress = 2_000;

        if (of < WorthProgress)
        {
            return work(_ => { });
        }

        _progress = new Progress(0, of);
        StateHasChanged();
        try
        {
            return await Task.Run(() => work(done => _progress = new Progress(done, of)));
        }
        finally
        {
            _progress = null;
        }
    }

    private sealed record Progress(int Done, int Of);
}
