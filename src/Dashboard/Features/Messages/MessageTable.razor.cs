using Dashboard.Broker.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Features.Messages;

/// <summary>The rows, and what the browser tells of them: whether the newest is in sight, and whether the pointer is about to choose one.</summary>
public sealed partial class MessageTable : ComponentBase, IAsyncDisposable
{
    private ElementReference _list;
    private IJSObjectReference? _module;
    private DotNetObjectReference<MessageTable>? _self;
    private bool _isGone;

    /// <summary>Newest first.</summary>
    [Parameter, EditorRequired]
    public List<MessageRecord> Messages { get; set; } = [];

    /// <summary>Which streams a message belongs to, by its sequence, when there are several: bit 0 for the first.</summary>
    [Parameter]
    public IReadOnlyDictionary<long, int>? Streams { get; set; }

    /// <summary>The sequence of the message whose details are shown.</summary>
    [Parameter]
    public long? Chosen { get; set; }

    [Parameter]
    public EventCallback<MessageRecord> Choose { get; set; }

    [Parameter]
    public EventCallback<bool> TopChanged { get; set; }

    [Parameter]
    public EventCallback<bool> PointerMoves { get; set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [JSInvokable("TopChanged")]
    public Task OnTopChanged(bool atTop) => TopChanged.InvokeAsync(atTop);

    [JSInvokable("PointerMoves")]
    public Task OnPointerMoves(bool moves) => PointerMoves.InvokeAsync(moves);

    public async Task ToTop()
    {
        if (_module is not null)
        {
            await _module.InvokeVoidAsync("toTop", _list);
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        try
        {
            if (firstRender)
            {
                _self = DotNetObjectReference.Create(this);
                _module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/lists.js"]);
                await _module.InvokeVoidAsync("watchPointer", _list, _self);
                await _module.InvokeVoidAsync("watchTop", _list, _self);
            }
        }
        catch (ObjectDisposedException) when (_isGone)
        {
            // The page was left while the browser answered.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        _self?.Dispose();
        try
        {
            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the module with it.
        }
    }
}
