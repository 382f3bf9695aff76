using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Live;

/// <summary>Knows whether the browser tab can be seen, by one subscription per circuit, and tells every <see cref="LiveView"/> in it.</summary>
public sealed partial class TabVisibility : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private DotNetObjectReference<TabVisibility>? _self;

    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    public bool IsHidden { get; private set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [JSInvokable]
    public void VisibilityChanged(bool hidden) => IsHidden = hidden;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./js/interop.js");
            await _module.InvokeVoidAsync("watchVisibility", _self);
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_module is not null)
            {
                await _module.InvokeVoidAsync("unwatchVisibility");
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and its subscription with it.
        }

        _self?.Dispose();
    }
}
