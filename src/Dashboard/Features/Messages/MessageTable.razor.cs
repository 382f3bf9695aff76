using Dashboard.Broker.Monitoring;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Features.Messages;

/// <summary>The rows, and what the browser tells of them: whether the newest is in sight, and whether the pointer is about to choose one.</summary>
public sealed partial class MessageTable : ComponentBase, IAsyncDisposable
{
    private ElementReference _list;
    private PageModule _module = default!;

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

    public Task ToTop() => _module.InvokeAsync("toTop", _list);

    protected override void OnInitialized() => _module = new PageModule(Js, Assets["js/lists.js"]);

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            var view = _module.View(this);
            await _module.InvokeAsync("watchPointer", _list, view);
            await _module.InvokeAsync("watchTop", _list, view);
        }
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();
}
