using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Live;

/// <summary>Knows whether the browser tab can be seen, by one subscription per circuit, and tells every <see cref="LiveView"/> in it.</summary>
public sealed partial class TabVisibility : ComponentBase, IAsyncDisposable
{
    private PageModule _module = default!;

    [Parameter, EditorRequired]
    public RenderFragment? ChildContent { get; set; }

    public bool IsHidden { get; private set; }

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [JSInvokable]
    public void VisibilityChanged(bool hidden) => IsHidden = hidden;

    protected override void OnInitialized() => _module = new PageModule(Js, "js/interop.js");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            await _module.WatchAsync("watchVisibility", _module.View(this));
        }
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();
}
