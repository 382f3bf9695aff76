using Dashboard.Shared.Deletions;
using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Dashboard.Features.Retained;

/// <summary>The rows of a <see cref="RetainedList"/>, of which only those in sight are read.</summary>
public sealed partial class RetainedTable : ComponentBase, IAsyncDisposable
{
    private ElementReference _frame;
    private Virtualize<RetainedEntry>? _rows;
    private PageModule _module = default!;
    private RetainedList? _shown;
    private long _version;

    [Parameter, EditorRequired]
    public RetainedList List { get; set; } = default!;

    /// <summary>The topic whose details are shown.</summary>
    [Parameter]
    public string? Opened { get; set; }

    [Parameter]
    public EventCallback<string> Open { get; set; }

    /// <summary>Topics whose box is ticked; this table adds and removes.</summary>
    [Parameter, EditorRequired]
    public ISet<string> Chosen { get; set; } = default!;

    [Parameter]
    public EventCallback ChosenChanged { get; set; }

    /// <summary>Told the topic.</summary>
    [Parameter]
    public EventCallback<string> Delete { get; set; }

    [Inject]
    private ProtectedTopics Protection { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    protected override void OnInitialized() => _module = new PageModule(Js, Assets["js/lists.js"]);

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == List && _version == List.Version)
        {
            return;
        }

        (_shown, _version) = (List, List.Version);
        if (_rows is not null)
        {
            await _rows.RefreshDataAsync();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender && await _module.ImportAsync())
        {
            await _module.InvokeAsync("keepPlace", _frame);
        }
    }

    public ValueTask DisposeAsync() => _module.DisposeAsync();

    private Task Choose(string topic, bool isChosen)
    {
        _ = isChosen ? Chosen.Add(topic) : Chosen.Remove(topic);
        return ChosenChanged.InvokeAsync();
    }

    private ValueTask<ItemsProviderResult<RetainedEntry>> Read(ItemsProviderRequest request) =>
        ValueTask.FromResult(new ItemsProviderResult<RetainedEntry>(List.Read(request.StartIndex, request.Count), List.Count));
}
