using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Live;
using Dashboard.Shared.Mutes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace Dashboard.Features.Topics;

/// <summary>The tree and the details of the topic that is chosen; both choices are in the address.</summary>
public sealed partial class TopicsPage : LiveView
{
    private TopicSort _sort;
    private bool _inPayloads;
    private bool _isEmpty;
    private string? _topic;
    private string? _search;
    private string? _hint;

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private MutedTopics Muted { get; set; } = default!;

    private static (bool, string)[] Places => [(false, Texts.Topics_InNames), (true, Texts.Topics_InPayloads)];

    protected override void OnInitialized()
    {
        Read();
        HasChanged();
        Navigation.LocationChanged += OnLocationChanged;
    }

    /// <summary>The parts have their own pace; this one only sees the first topic come.</summary>
    protected override bool HasChanged()
    {
        var before = _isEmpty;
        _isEmpty = !Monitor.Root.Children.Any(level => !level.Path.StartsWith('$'));
        return _isEmpty != before;
    }

    public override async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        await base.DisposeAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        _topic = Url.Get("topic");
        _inPayloads = Url.Get("in") == "payloads";
        _sort = Enum.TryParse<TopicSort>(Url.Get("sort"), ignoreCase: true, out var sort) && Enum.IsDefined(sort) ? sort : TopicSort.Name;
        Find(Url.Get("search"));
    }

    private void Find(string? text)
    {
        _search = string.IsNullOrEmpty(text) ? null : text;
        _hint = new TopicSearch(_search, _inPayloads).Hint;
    }

    private Task SearchIn(bool inPayloads)
    {
        _inPayloads = inPayloads;
        Find(_search);
        return Url.SetAsync("in", inPayloads ? "payloads" : null);
    }

    private Task SortBy(TopicSort sort)
    {
        _sort = sort;
        return Url.SetAsync("sort", sort == TopicSort.Name ? null : sort.ToString().ToLowerInvariant());
    }

    private Task SearchFor(string? text)
    {
        Find(text);
        return Url.SetAsync("search", _search);
    }

    /// <summary>Opening a topic can be taken back by the browser's button, as a phone shows it on a page of its own; from topic to topic it cannot.</summary>
    private void Select(string? topic) =>
        Navigation.NavigateTo(Url.With("topic", topic), new NavigationOptions { ReplaceHistoryEntry = _topic is not null });
}
