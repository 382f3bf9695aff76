using Dashboard.Broker.Monitoring;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Palette;

/// <summary>One box that leads to every page, topic and client.</summary>
public sealed partial class CommandPalette : ComponentBase
{
    private string _text = "";
    private PaletteResult _result = new([], 0, AllSearched: true);
    private PaletteSearch _search = default!;

    [Inject]
    private TopicMonitor Topics { get; set; } = default!;

    [Inject]
    private ClientDirectory Clients { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    private string Note =>
        _text.Length == 0 ? Texts.Shell_FindHint
        : !_result.AllSearched ? Texts.Shell_FindNotSearched
        : _result.More > 0 ? Texts.Shell_FindMore.With(Format.Count(_result.More))
        : _result.Entries.Count == 0 ? Texts.Shell_FindNothing
        : "";

    protected override void OnInitialized()
    {
        _search = new PaletteSearch(Topics, Clients);
        Find("");
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await Js.InvokeVoidAsync("paletteCameAlive");
        }
    }

    private void Find(string? text)
    {
        _text = text ?? "";
        _result = _search.Find(_text);
    }
}
