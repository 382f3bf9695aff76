using Dashboard.Broker.Monitoring;
using Dashboard.Features.Messages.Query;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Features.Messages;

/// <summary>The search box of one stream, with suggestions for the word at the caret. The text lives in the browser; this end is told of it.</summary>
public sealed partial class QueryBox : ComponentBase, IAsyncDisposable
{
    private const int MaxLength = 1_000;

    private readonly string _id = "query-" + Guid.NewGuid().ToString("N");
    private ElementReference _input;
    private PageModule _module = default!;
    private QueryCompletion _completion = new(0, 0, []);
    private string? _initial;
    private string? _given;
    private string _text = "";
    private int _chosen = -1;
    private bool _isReady;

    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>The query that is watched, or was tried.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>What is wrong with it.</summary>
    [Parameter]
    public QueryError? Error { get; set; }

    /// <summary>The key / goes to this box.</summary>
    [Parameter]
    public bool IsFirst { get; set; }

    /// <summary>Told on Enter, and when a changed box is left.</summary>
    [Parameter]
    public EventCallback<string> Entered { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TopicMonitor Topics { get; set; } = default!;

    [Inject]
    private ClientDirectory Clients { get; set; } = default!;

    private bool IsOpen => _completion.Suggestions.Count > 0;

    private int ErrorStart => Math.Min(Error!.Start, _text.Length);

    private int ErrorEnd => Math.Min(ErrorStart + Error!.Length, _text.Length);

    [JSInvokable]
    public void Typed(string text, int caret)
    {
        _text = text;
        _completion = QueryCompletion.Of(text, Math.Min(caret, text.Length), Topics, () => Clients.List().Select(client => client.ClientId));
        _chosen = -1;
        StateHasChanged();
    }

    [JSInvokable]
    public void Move(int by)
    {
        var count = _completion.Suggestions.Count;
        _chosen = count == 0 ? -1 : _chosen < 0 && by < 0 ? count - 1 : (_chosen + by + count) % count;
        StateHasChanged();
    }

    [JSInvokable]
    public Task Accept() => _chosen >= 0 && _chosen < _completion.Suggestions.Count ? AcceptAsync(_completion.Suggestions[_chosen]) : Task.CompletedTask;

    [JSInvokable]
    public Task Enter(string text)
    {
        _text = text;
        Close();
        _given = text;
        return Entered.InvokeAsync(text);
    }

    /// <summary>A box that is left with another text than the one that is watched is entered, as most would expect.</summary>
    [JSInvokable]
    public Task Leave(string text)
    {
        Close();
        return text == (_given ?? "") ? Task.CompletedTask : Enter(text);
    }

    [JSInvokable]
    public void Close()
    {
        _completion = new QueryCompletion(0, 0, []);
        StateHasChanged();
    }

    protected override void OnInitialized() => _module = new PageModule(Js, Assets["js/query.js"]);

    protected override async Task OnParametersSetAsync()
    {
        _initial ??= Text ?? "";
        if (_given == Text)
        {
            return;
        }

        _given = Text;
        _text = Text ?? "";
        await _module.InvokeAsync("write", _input, _text, _text.Length);
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            await _module.InvokeAsync("attach", _input, _module.View(this));
            _isReady = true;
            StateHasChanged();
        }
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    private async Task AcceptAsync(Suggestion suggestion)
    {
        var (text, caret) = _completion.Accept(_text, suggestion);
        await _module.InvokeAsync("write", _input, text, caret);
        Typed(text, caret);
    }
}
