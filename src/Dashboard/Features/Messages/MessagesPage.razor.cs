using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;

namespace Dashboard.Features.Messages;

/// <summary>The live stream of one topic filter, which is in the address.</summary>
public sealed partial class MessagesPage : LiveView
{
    private const string Everything = "#";

    private LiveMessages _messages = default!;
    private MessageTable? _table;
    private MessageRecord? _shown;
    private string? _watched;
    private string? _typed;
    private string? _problem;
    private bool _isPaused;
    private bool _isAtTop = true;
    private bool _pointerMoves;

    /// <summary>Null stands for all topics but the broker's own.</summary>
    [SupplyParameterFromQuery]
    public string? Filter { get; set; }

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Command => MosquittoCommand.Publish(Options, Navigation.Uri, $"-t \"{Example(_watched)}\" -m \"Hello\"");

    protected override void OnInitialized() => _messages = new LiveMessages(Streams, Options.Monitoring.StreamLength);

    protected override void OnParametersSet()
    {
        var filter = string.IsNullOrEmpty(Filter) ? Everything : Filter;
        if (filter == _watched)
        {
            return;
        }

        _typed = Filter;
        _problem = FilterProblem.InWords(filter);
        if (_problem is null && RendererInfo.IsInteractive)
        {
            _watched = filter;
            _isPaused = false;
            _isAtTop = true;
            _messages.Watch(filter);
        }
    }

    protected override bool HasChanged() => _messages.Refresh(hold: _isPaused || !_isAtTop || _pointerMoves);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _messages.Dispose();
    }

    private void Type(string? text)
    {
        _typed = text;
        _problem = _problem is null ? null : Problem();
    }

    private void Enter()
    {
        _problem = Problem();
        if (_problem is null)
        {
            Navigation.NavigateTo(
                Navigation.GetUriWithQueryParameter("filter", string.IsNullOrEmpty(_typed) ? null : _typed),
                new NavigationOptions { ReplaceHistoryEntry = true });
        }
    }

    private string? Problem() => string.IsNullOrEmpty(_typed) ? null : FilterProblem.InWords(_typed);

    private void Pause()
    {
        _isPaused = !_isPaused;
        HasChanged();
    }

    private async Task ToTop()
    {
        if (_table is not null)
        {
            await _table.ToTop();
        }
    }

    /// <summary>A topic that the filter reaches.</summary>
    private static string Example(string? filter) =>
        filter is null or Everything ? "hello/world" : filter.Replace("+", "1", StringComparison.Ordinal).Replace("#", "1", StringComparison.Ordinal);
}
