using Microsoft.JSInterop;

namespace Dashboard.Shared.Live;

/// <summary>
/// A script of one component or circuit. The page may be left while the browser answers, and the browser may be gone before the
/// component: neither is an error, and what is asked afterwards is not asked. Used by one renderer. It must be the first that its
/// component disposes of: a script that is asked later finds nothing of the component in the document.
/// </summary>
/// <param name="file">Its address below the pages, such as <c>js/lists.js</c>.</param>
internal sealed class PageModule(IJSRuntime js, string file) : IAsyncDisposable
{
    private readonly List<IDisposable> _views = [];
    private readonly List<IJSObjectReference> _watches = [];
    private Task? _coming;
    private IJSObjectReference? _module;
    private bool _isGone;

    /// <summary>It has come, and the component is still there.</summary>
    public bool IsThere => _module is not null && !_isGone;

    /// <summary>What the script calls; ends with the component.</summary>
    public DotNetObjectReference<TView> View<TView>(TView view) where TView : class
    {
        var reference = DotNetObjectReference.Create(view);
        _views.Add(reference);
        return reference;
    }

    /// <summary>Loads the script, after the first rendering; once, unless that failed.</summary>
    /// <returns>False when the page was left meanwhile.</returns>
    public async Task<bool> ImportAsync()
    {
        if (_coming is not { IsFaulted: false, IsCanceled: false })
        {
            _coming = ComeAsync();
        }

        await _coming;
        return IsThere;
    }

    /// <summary>Calls a function of the script; nothing when it is not there.</summary>
    public async Task InvokeAsync(string function, params object?[] arguments)
    {
        if (IsThere)
        {
            await AskAsync(() => _module!.InvokeAsync<object?>(function, arguments));
        }
    }

    /// <summary>Calls a function of the script for its answer; the default when it is not there, or was left meanwhile.</summary>
    public async Task<TAnswer?> AskAsync<TAnswer>(string function, params object?[] arguments) =>
        IsThere ? await AskAsync(() => _module!.InvokeAsync<TAnswer>(function, arguments)) : default;

    /// <summary>Calls a function that begins something and answers with an object whose <c>end</c> is called with the end of the component.</summary>
    public async Task WatchAsync(string function, params object?[] arguments)
    {
        if (await AskAsync<IJSObjectReference>(function, arguments) is { } watch)
        {
            _watches.Add(watch);
            if (_isGone)
            {
                await EndWatchesAsync();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isGone = true;
        _views.ForEach(view => view.Dispose());
        await EndWatchesAsync();
        if (_module is not null)
        {
            await EndAsync(_module);
        }
    }

    private async Task ComeAsync()
    {
        var module = await AskAsync(() => js.InvokeAsync<IJSObjectReference>("import", "./" + file));
        if (_isGone && module is not null)
        {
            await EndAsync(module);
        }

        _module = module;
    }

    private async ValueTask<TAnswer?> AskAsync<TAnswer>(Func<ValueTask<TAnswer>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception left) when (left is JSDisconnectedException || (left is ObjectDisposedException or JSException or TaskCanceledException && _isGone))
        {
            return default; // The page was left while the browser answered.
        }
    }

    private async Task EndWatchesAsync()
    {
        foreach (var watch in _watches)
        {
            await AskAsync(() => watch.InvokeAsync<object?>("end"));
            await EndAsync(watch);
        }

        _watches.Clear();
    }

    private static async Task EndAsync(IJSObjectReference reference)
    {
        try
        {
            await reference.DisposeAsync();
        }
        catch (Exception gone) when (gone is JSDisconnectedException or TaskCanceledException)
        {
            // The browser has gone, and the script with it; or it did not answer for a minute.
        }
    }
}
