using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Mutes;

/// <summary>Shows what is muted, and keeps it in the browser: each change is written as a change, so that two tabs do not undo each other's.</summary>
public sealed partial class MutedList : ComponentBase, IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _watch;
    private DotNetObjectReference<MutedList>? _self;
    private IReadOnlyList<string> _stored = [];
    private bool _isRead;
    private bool _isGone;

    [Inject]
    private MutedTopics Muted { get; set; } = default!;

    [Inject]
    private IJSRuntime Js { get; set; } = default!;

    /// <summary>Another tab of this browser changed the list.</summary>
    [JSInvokable]
    public void Stored(string[] topics)
    {
        if (_isRead)
        {
            _stored = topics;
            Muted.Set(topics);
        }
    }

    protected override void OnInitialized()
    {
        _stored = Muted.Topics;
        Muted.Changed += OnChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        try
        {
            _self = DotNetObjectReference.Create(this);
            _module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["js/muted.js"]);
            _watch = await _module.InvokeAsync<IJSObjectReference>("watch", _self);
            await Begin(await _module.InvokeAsync<string[]>("read"));
        }
        catch (ObjectDisposedException) when (_isGone)
        {
            // The page was left while the browser answered.
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        Muted.Changed -= OnChanged;
        try
        {
            if (_watch is not null)
            {
                await _watch.InvokeVoidAsync("end");
                await _watch.DisposeAsync();
            }

            if (_module is not null)
            {
                await _module.DisposeAsync();
            }
        }
        catch (JSDisconnectedException)
        {
            // The browser has gone, and the module with it.
        }

        _self?.Dispose();
    }

    /// <summary>What was muted or unmuted while the browser had not answered yet is a change of what it has.</summary>
    private Task Begin(string[] topics)
    {
        var (added, removed) = Changes();
        (_stored, _isRead) = (topics, true);
        Muted.Set(topics.Except(removed).Concat(added));
        return Write();
    }

    private void OnChanged() => _ = InvokeAsync(async () =>
    {
        StateHasChanged();
        await Write();
    });

    private async Task Write()
    {
        var (added, removed) = Changes();
        if (_isRead && added.Length + removed.Length > 0)
        {
            _stored = Muted.Topics;
            await _module!.InvokeVoidAsync("change", added, removed);
        }
    }

    private (string[] Added, string[] Removed) Changes() => (Muted.Topics.Except(_stored).ToArray(), _stored.Except(Muted.Topics).ToArray());
}
