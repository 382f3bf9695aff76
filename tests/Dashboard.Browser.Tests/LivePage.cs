using System.Text;

namespace Dashboard.Browser.Tests;

internal static class LivePage
{
    private static readonly byte[] FirstRendering = Encoding.ASCII.GetBytes("JS.RenderBatch");

    /// <summary>
    /// Goes to an address and returns when the page is alive: what the server sent first is only a picture of it, whose
    /// buttons do nothing until the connection to the server stands and has brought its first rendering.
    /// </summary>
    public static async Task<IResponse> Open(this IPage page, string address)
    {
        var alive = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        page.WebSocket += Listen;
        try
        {
            var answer = await page.GotoAsync(address);
            await alive.Task.WaitAsync(Eventually.Patience);
            return answer!;
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"{page.Url} did not come alive within {Eventually.Patience.TotalSeconds} s");
        }
        finally
        {
            page.WebSocket -= Listen;
        }

        void Listen(object? sender, IWebSocket socket) => socket.FrameReceived += (_, frame) =>
        {
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf(FirstRendering) >= 0)
            {
                alive.TrySetResult();
            }
        };
    }
}
