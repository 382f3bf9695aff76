using System.Text;

namespace Dashboard.Browser.Tests;

/// <summary>Between a page and the Dashboard every message takes its time in both directions, and none overtakes another.</summary>
internal sealed class SlowLine(TimeSpan time)
{
    private (byte[] Text, TaskCompletionSource Heard)? _awaited;

    /// <summary>Before the page is opened.</summary>
    public Task Lay(IPage page) => page.RouteWebSocketAsync("**/_blazor**", browser =>
    {
        var server = browser.ConnectToServer();
        browser.OnMessage(Later(server));
        var toBrowser = Later(browser);
        server.OnMessage(frame =>
        {
            if (_awaited is { } awaited && frame.Binary is { } said && said.AsSpan().IndexOf(awaited.Text) >= 0)
            {
                awaited.Heard.TrySetResult();
            }

            toBrowser(frame);
        });
    });

    /// <summary>Ends when the Dashboard has sent a message with this text that has not reached the page yet.</summary>
    public Task OnItsWay(string text)
    {
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _awaited = (Encoding.UTF8.GetBytes(text), heard);
        return heard.Task.WaitAsync(Eventually.Patience);
    }

    private Action<IWebSocketFrame> Later(IWebSocketRoute to)
    {
        var before = Task.CompletedTask;
        return frame => before = Task.WhenAll(before, Task.Delay(time)).ContinueWith(
            _ =>
            {
                if (frame.Binary is { } binary)
                {
                    to.Send(binary);
                }
                else
                {
                    to.Send(frame.Text!);
                }
            },
            TaskScheduler.Default);
    }
}
