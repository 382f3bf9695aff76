using Dashboard.Shared.Live;
using Microsoft.JSInterop;

namespace Dashboard.Tests.Shared.Live;

public sealed class PageModuleTests
{
    private readonly Script _script = new();

    [Fact]
    public async Task A_page_that_was_left_while_its_script_came_lets_it_go_and_asks_nothing()
    {
        var module = new PageModule(_script, "js/lists.js");
        var importing = module.ImportAsync();
        await module.DisposeAsync();

        _script.Came.SetResult();

        Assert.False(await importing);
        await module.InvokeAsync("watchPointer");
        Assert.Equal(0, await module.AskAsync<int>("read"));
        Assert.Equal(["import ./js/lists.js", "dispose"], _script.Said);
    }

    [Fact]
    public async Task What_was_begun_ends_with_the_page_and_the_script_goes_last()
    {
        _script.Came.SetResult();
        var module = new PageModule(_script, "js/muted.js");
        Assert.True(await module.ImportAsync());
        await module.WatchAsync("watch");

        await module.DisposeAsync();

        Assert.Equal(["import ./js/muted.js", "watch", "end", "dispose", "dispose"], _script.Said);
        Assert.False(module.IsThere);
    }

    [Fact]
    public async Task An_answer_that_is_a_mistake_is_one_only_while_the_page_is_there()
    {
        _script.Came.SetResult();
        var module = new PageModule(_script, "js/lists.js");
        await module.ImportAsync();
        _script.Mistake = new ObjectDisposedException("view");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => module.InvokeAsync("watchPointer"));

        _script.Mistake = new JSDisconnectedException("the browser has gone");
        await module.InvokeAsync("watchPointer");
        await module.DisposeAsync();
    }

    [Fact]
    public async Task A_script_that_found_nothing_of_the_page_any_more_made_no_mistake()
    {
        _script.Came.SetResult();
        var module = new PageModule(_script, "js/menu.js");
        await module.ImportAsync();
        _script.Mistake = new JSException("Cannot read properties of null");
        await Assert.ThrowsAsync<JSException>(() => module.InvokeAsync("watchMenu"));
        (_script.Came, _script.Mistake) = (new TaskCompletionSource(), null);
        var asking = module.InvokeAsync("watchMenu");
        await module.DisposeAsync();

        _script.Mistake = new JSException("Cannot read properties of null");
        _script.Came.SetResult();

        await asking;
    }

    /// <summary>A browser that notes what it is asked.</summary>
    private sealed class Script : IJSRuntime
    {
        public TaskCompletionSource Came { get; set; } = new();

        public List<string> Said { get; } = [];

        public Exception? Mistake { get; set; }

        public async ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args)
        {
            Said.Add(string.Join(' ', [identifier, .. args ?? []]));
            await Came.Task;
            return Mistake is not null ? throw Mistake : typeof(TValue) == typeof(IJSObjectReference) ? (TValue)(object)new Given(this) : default!;
        }

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => InvokeAsync<TValue>(identifier, args);

        private sealed class Given(Script script) : IJSObjectReference
        {
            public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => script.InvokeAsync<TValue>(identifier, args);

            public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args) => script.InvokeAsync<TValue>(identifier, args);

            public ValueTask DisposeAsync()
            {
                script.Said.Add("dispose");
                return script.Mistake is null ? ValueTask.CompletedTask : ValueTask.FromException(script.Mistake);
            }
        }
    }
}
