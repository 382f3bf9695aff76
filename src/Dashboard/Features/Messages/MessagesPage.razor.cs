using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

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

    [Inject]
    private MessageStreams Streams { get; set; } = default!;

    [Inject]
    private BrokerOptions Options { get; set; } = default!;

    [Inject]
    private UrlState Url { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    private string Command => MosquittoCommand.Publish(Options, Navigation.Uri, $"-t \"{Example(_watched)}\" -m \"Hello\"");

    protected override void OnInitialized()
    {
        _messages = new LiveMessages(Streams, Options.Monitoring.StreamLength);
        Read();
        Navigation.LocationChanged += OnLocationChanged;
    }

    protected override bool HasChanged() => _messages.Refresh(hold: _isPaused || !_isAtTop || _pointerMoves);

    public override async ValueTask DisposeAsync()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        await base.DisposeAsync();
        _messages.Dispose();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs change)
    {
        Read();
        StateHasChanged();
    }

    private void Read()
    {
        _typed = Url.Get("filter");
        Watch();
    }

    /// <summary>Watches what is typed, when it is a filter.</summary>
    private bool Watch()
    {
        _problem = Problem();
        if (_problem is not null)
        {
            return false;
        }

        var filter = string.IsNullOrEmpty(_typed) ? Everything : _typed;
        if (filter != _watched && RendererInfo.IsInteractive)
        {
            _watched = filter;
            _isPaused = false;
            _isAtTop = true;
            _messages.Watch(filter);
        }

        return true;
    }

    private void Type(string? text)
    {
        _typed = text;
        _problem = _problem is null ? null : Problem();
    }

    private Task Enter() => Watch() ? Url.SetAsync("filter", _typed) : Task.CompletedTask;

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
