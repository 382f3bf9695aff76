using System.Globalization;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Layout;

/// <summary>The links to all pages; and, below them, whose clock the times on them are of, where the reader has another.</summary>
public sealed partial class NavMenu : ComponentBase, IAsyncDisposable
{
    private PageModule _module = default!;
    private int? _minutesEast;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    private TimeSpan ServersOffset => Clock.GetLocalNow().Offset;

    private string? Other => _minutesEast is { } reader && reader != (int)ServersOffset.TotalMinutes
        ? Texts.Shell_ServersTime.With((ServersOffset < TimeSpan.Zero ? "-" : "+") + ServersOffset.ToString(@"hh\:mm", CultureInfo.InvariantCulture))
        : null;

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    protected override void OnInitialized() => _module = new PageModule(Js, "js/interop.js");

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            _minutesEast = await _module.AskAsync<int?>("minutesEast");
            StateHasChanged();
        }
    }
}
