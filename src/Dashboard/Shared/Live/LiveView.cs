using Microsoft.AspNetCore.Components;

namespace Dashboard.Shared.Live;

/// <summary>
/// A component that shows something that moves: on a steady tick it asks <see cref="HasChanged"/> and renders only then.
/// A hidden tab costs nothing. What it shows it pulls while rendering or in <see cref="HasChanged"/>.
/// </summary>
public abstract class LiveView : ComponentBase, IAsyncDisposable
{
    protected static readonly TimeSpan TablePace = TimeSpan.FromMilliseconds(250);
    protected static readonly TimeSpan ChartPace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _disposed = new();
    private Task _ticking = Task.CompletedTask;

    [Inject]
    protected TimeProvider Clock { get; set; } = default!;

    [CascadingParameter]
    private TabVisibility? Tab { get; set; }

    /// <summary>The time between two looks: <see cref="TablePace"/> unless overridden.</summary>
    protected virtual TimeSpan Pace => TablePace;

    /// <summary>Looks for news, on the renderer's thread; true renders the component.</summary>
    protected virtual bool HasChanged() => true;

    protected override void OnAfterRender(bool firstRender)
    {
        if (firstRender)
        {
            _ticking = TickAsync();
        }
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _ticking;
        _disposed.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task TickAsync()
    {
        try
        {
            using var timer = new PeriodicTimer(Pace, Clock);
            while (await timer.WaitForNextTickAsync(_disposed.Token))
            {
                if (Tab is not { IsHidden: true })
                {
                    await InvokeAsync(Look);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed: the page was left.
        }
        catch (Exception e)
        {
            // The page's error boundary logs it and says so on the page; the loop ends with the component.
            await DispatchExceptionAsync(e);
        }
    }

    private void Look()
    {
        if (!_disposed.IsCancellationRequested && HasChanged())
        {
            StateHasChanged();
        }
    }
}
