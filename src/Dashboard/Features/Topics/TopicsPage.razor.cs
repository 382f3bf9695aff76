using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Topics;

/// <summary>The tree and the details of the topic that is chosen; both choices are in the address.</summary>
public sealed partial class TopicsPage : LiveView
{
    private bool _isEmpty;
    private string? _hint;

    [SupplyParameterFromQuery]
    public string? Topic { get; set; }

    [SupplyParameterFromQuery]
    public string? Search { get; set; }

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    protected override void OnParametersSet()
    {
        _hint = new TopicSearch(Search).Hint;
        HasChanged();
    }

    /// <summary>The parts have their own pace; this one only sees the first topic come.</summary>
    protected override bool HasChanged()
    {
        var before = _isEmpty;
        _isEmpty = !Monitor.Root.Children.Any(level => !level.Path.StartsWith('$'));
        return _isEmpty != before;
    }

    private void SearchFor(string? text) => Go("search", string.IsNullOrEmpty(text) ? null : text, replace: true);

    /// <summary>Opening a topic can be taken back by the browser's button, as a phone shows it on a page of its own; from topic to topic it cannot.</summary>
    private void Select(string? topic) => Go("topic", topic, replace: Topic is not null);

    private void Go(string name, string? value, bool replace) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter(name, value), new NavigationOptions { ReplaceHistoryEntry = replace });
}
