using Dashboard.Shared.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Dashboard.Shared.Mutes;

/// <summary>Shows what is muted, and keeps it in the browser: each change is written as a change, so that two tabs do not undo each other's.</summary>
public sealed partial class MutedList : ComponentBase, IAsyncDisposable
{
    private PageModule _module = default!;
    private IReadOnlyList<string> _stored = [];
    private bool _isRead;

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
        _module = new PageModule(Js, Assets["js/muted.js"]);
        _stored = Muted.Topics;
        Muted.Changed += OnChanged;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender || !await _module.ImportAsync())
        {
            return;
        }

        await _module.WatchAsync("watch", _module.View(this));
        if (await _module.AskAsync<string[]>("read") is { } topics)
        {
            await Begin(topics);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Muted.Changed -= OnChanged;
        await _module.DisposeAsync();
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
            await _module.InvokeAsync("change", added, removed);
        }
    }

    private (string[] Added, string[] Removed) Changes() => (Muted.Topics.Except(_stored).ToArray(), _stored.Except(Muted.Topics).ToArray());
}
