using Dashboard.Broker;
using Dashboard.Broker.Monitoring;
using Dashboard.Features.Topics.Finding;
using Dashboard.Shared;
using Dashboard.Shared.Live;
using Dashboard.Shared.Mutes;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace Dashboard.Features.Topics;

/// <summary>The visible rows of the tree, drawn at the pace of a table while topics or values change, else once a second for the ages.</summary>
public sealed partial class TopicTree : LiveView
{
    private const int Page = 15;
    private const string RowId = "chosen-topic";

    private TopicRows _rows = default!;
    private ElementReference _list;
    private Virtualize<TopicRow>? _virtual;
    private PageModule _module = default!;
    private PageModule _menus = default!;
    private TopicMenu _menu = default!;
    private IDisposable? _index;
    private TopicRow[] _inSight = [];
    private TopicNode? _chosen;
    private TopicNode? _menuOf;
    private (string?, bool) _searched;
    private TopicSort _sort;
    private string? _selected;
    private bool _pointerMoves;
    private bool _pointerRests;
    private bool _reveal;
    private long _sequence;
    private long _second;

    /// <summary>The topic whose details are shown; its levels are opened.</summary>
    [Parameter]
    public string? Selected { get; set; }

    [Parameter]
    public EventCallback<string> SelectedChanged { get; set; }

    /// <summary>Text or topic filter.</summary>
    [Parameter]
    public string? Search { get; set; }

    /// <summary>The search is for text in the last payloads.</summary>
    [Parameter]
    public bool InPayloads { get; set; }

    [Parameter]
    public TopicSort Sort { get; set; }

    [Parameter]
    public EventCallback<TopicSort> SortChanged { get; set; }

    [Inject]
    private OpenLevels Levels { get; set; } = default!;

    [Inject]
    private MutedTopics Muted { get; set; } = default!;

    [Inject]
    private TopicIndexes Indexes { get; set; } = default!;

    [Inject]
    private TopicMonitor Monitor { get; set; } = default!;

    [Inject]
    private MqttBroker Broker { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    /// <summary>Names the chosen row to who does not see it; a row out of sight is not in the document, and may not be named.</summary>
    private string? ChosenId => Array.Exists(_inSight, row => row.Node == _chosen) ? RowId : null;

    [JSInvokable]
    public void PointerMoves(bool moves) => _pointerMoves = moves;

    [JSInvokable]
    public void PointerRests(bool rests) => _pointerRests = rests;

    /// <param name="key">Of the row that was pressed.</param>
    /// <param name="x">Where, in the window.</param>
    [JSInvokable]
    public async Task OpenMenu(string key, double x, double y)
    {
        if (Array.Find(_inSight, row => row.Key == key).Node is { } node)
        {
            _menuOf = _chosen = node;
            StateHasChanged();
            await _menus.InvokeAsync("showMenu", _menu.Element, x, y);
        }
    }

    protected override void OnInitialized()
    {
        _module = new PageModule(Js, Assets["js/lists.js"]);
        _menus = new PageModule(Js, Assets["js/menu.js"]);
        _rows = new TopicRows(Monitor, Clock, Muted, Indexes, Levels);
        _rows.Ready += OnReady;
        Muted.Changed += OnReady;
    }

    protected override void OnParametersSet()
    {
        if (_searched != (Search, InPayloads))
        {
            _searched = (Search, InPayloads);
            _rows.Find(Search, InPayloads);
        }

        if (_sort != Sort)
        {
            _sort = Sort;
            _rows.SortBy(Sort);
        }

        if (_selected != Selected)
        {
            _selected = Selected;
            if (Selected is not null && _rows.IndexOf(Selected) < 0)
            {
                _rows.Reveal(Selected);
                _reveal = true;
            }

            _chosen = Selected is null ? _chosen : Monitor.Find(Selected);
        }

        Refresh(hold: false);
    }

    protected override bool HasChanged()
    {
        var (sequence, second) = (Monitor.LastSequence, Clock.GetUtcNow().ToUnixTimeSeconds());
        var changed = Refresh(_pointerMoves || (_pointerRests && Sort != TopicSort.Name)) || sequence != _sequence || second != _second;
        (_sequence, _second) = (sequence, second);
        return changed;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _index = Indexes.Hold();
            await _module.ImportAsync();
            await _module.InvokeAsync("watchPointer", _list, _module.View(this));
            await _module.InvokeAsync("watchRest", _list, _module.View(this));
            await _module.InvokeAsync("keepPlace", _list);
            await _menus.ImportAsync();
            await _menus.InvokeAsync("watchMenu", _list, _menu.Element, _menus.View(this));
        }

        if (_reveal && _module.IsThere && _rows.IndexOf(_chosen?.Path) is >= 0 and var index)
        {
            _reveal = false;
            await _module.InvokeAsync("reveal", _list, index);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        _rows.Ready -= OnReady;
        Muted.Changed -= OnReady;
        await Task.WhenAll(_module.DisposeAsync().AsTask(), _menus.DisposeAsync().AsTask());
        await base.DisposeAsync();
        _rows.Dispose();
        _index?.Dispose();
    }

    private string Count => _rows.Shown.IsEmpty ? All : Texts.Topics_FoundOf.With(Format.Count(_rows.Found), All);

    /// <summary>The clients' own, and apart from them the broker's.</summary>
    private string All
    {
        get
        {
            var system = Monitor.SystemTopics;
            var own = Topics(Math.Max(0, Monitor.Root.Topics - system));
            return system == 0 ? own : Texts.Topics_AndSystem.With(own, Format.Count(system));
        }
    }

    private static string Topics(int count) => count == 1 ? Texts.Topics_OneTopic : Texts.Topics_Topics.With(Format.Count(count));

    private static string? Word(bool? state) => state switch { null => null, true => "true", false => "false" };

    private string RowClass(in TopicRow row) =>
        "row" + (row.Node == _chosen ? " chosen" : "") + (row.Node.Path == Selected ? " selected" : "") + (row.Node.IsTopic ? "" : " level")
        + (_rows.Shown.IsEmpty || row.IsMatch ? "" : " way");

    /// <summary>Rows that are not in sight are never made.</summary>
    private ValueTask<ItemsProviderResult<TopicRow>> Provide(ItemsProviderRequest request)
    {
        var rows = _rows.Rows;
        var end = Math.Min(request.StartIndex + request.Count, rows.Count);
        var before = ChosenId;
        _inSight = [.. Enumerable.Range(request.StartIndex, Math.Max(0, end - request.StartIndex)).Select(row => rows[row])];
        if (before != ChosenId)
        {
            StateHasChanged();
        }

        return ValueTask.FromResult(new ItemsProviderResult<TopicRow>(_inSight, rows.Count));
    }

    private bool Refresh(bool hold)
    {
        var isNew = _rows.Refresh(hold);
        if (isNew && _virtual is not null)
        {
            _ = _virtual.RefreshDataAsync(); // ends at once, as the provider does
        }

        return isNew;
    }

    private void OnReady() => _ = InvokeAsync(() =>
    {
        if (HasChanged())
        {
            StateHasChanged();
        }
    });

    /// <summary>Takes the order anew, by the same or by something else.</summary>
    private Task SortBy(TopicSort sort)
    {
        _sort = sort;
        _rows.SortBy(sort);
        Refresh(hold: false);
        return SortChanged.InvokeAsync(sort);
    }

    private Task Click(TopicRow row)
    {
        _chosen = row.Node;
        return row.Node.IsTopic ? SelectedChanged.InvokeAsync(row.Node.Path) : Toggle(row);
    }

    private void ToggleMute(TopicNode node)
    {
        _chosen = node;
        if (Muted.IsListed(node.Path))
        {
            Muted.Unmute(node.Path);
        }
        else
        {
            Muted.Mute(node.Path);
        }
    }

    private Task Toggle(TopicRow row)
    {
        _chosen = row.Node;
        _rows.SetExpanded(row.Node, row.IsExpanded == false);
        Refresh(hold: false);
        return Task.CompletedTask;
    }

    private Task OnKey(KeyboardEventArgs key)
    {
        var rows = _rows.Rows;
        if (rows.Count == 0 || key.CtrlKey || key.AltKey || key.MetaKey)
        {
            return Task.CompletedTask;
        }

        var at = _rows.IndexOf(_chosen?.Path);
        switch (key.Key)
        {
            case "ArrowDown": Choose(at + 1); break;
            case "ArrowUp": Choose(at - 1); break;
            case "PageDown": Choose(at + Page); break;
            case "PageUp": Choose(at - Page); break;
            case "Home": Choose(0); break;
            case "End": Choose(rows.Count - 1); break;
            case "m" or "M" when at >= 0: ToggleMute(rows[at].Node); break;
            case "s" or "S": return SortBy((TopicSort)(((int)_sort + 1) % Enum.GetValues<TopicSort>().Length));
            case "ArrowRight" or "ArrowLeft" or "Enter" when at >= 0: return Act(rows[at], key.Key, at);
        }

        return Task.CompletedTask;
    }

    /// <summary>Right opens, or goes on to the first below; left closes, or goes back to the one above; Enter is a click.</summary>
    private Task Act(TopicRow row, string key, int at)
    {
        if (key == "Enter")
        {
            return Click(row);
        }

        if (row.IsExpanded == (key == "ArrowLeft"))
        {
            return Toggle(row);
        }

        if (key == "ArrowRight" && row.IsExpanded == true)
        {
            Choose(at + 1);
        }
        else if (key == "ArrowLeft" && row.Level > 1)
        {
            Choose(_rows.IndexOf(row.Node.Parent!.Path));
        }

        return Task.CompletedTask;
    }

    private void Choose(int index)
    {
        _chosen = _rows.Rows[Math.Clamp(index, 0, _rows.Rows.Count - 1)].Node;
        _reveal = true;
    }
}
