using System.Text;

namespace Dashboard.Browser.Tests;

internal static class LivePage
{
    private static readonly byte[] TakesFocus = Encoding.ASCII.GetBytes("focusBySelector");

    /// <summary>
    /// Goes to an address and returns when the page is alive: what the server sent first is only a picture of it, whose
    /// buttons do nothing until the connection to the server stands and has brought its first rendering. That rendering is
    /// there when the page's heading is given the focus (FocusOnNavigate), which is also the last that the shell does with it:
    /// the first rendering that comes may be that of the document's head alone.
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
            if (frame.Binary is { } bytes && bytes.AsSpan().IndexOf(TakesFocus) >= 0)
            {
                alive.TrySetResult();
            }
        };
    }

    /// <summary>
    /// Waits until an expression is true in the page. WaitForFunctionAsync looks again from within the page, where the pages'
    /// content security policy forbids it to evaluate anything.
    /// </summary>
    public static Task Until(this IPage page, string expression, object? argument = null) => Eventually.Holds(
        () => page.EvaluateAsync<bool>(expression, argument),
        () => $"{expression} in {page.Url}");

    /// <summary>Holds a script back, before the page that asks for it is opened, until it may come.</summary>
    /// <param name="file">Its name without what a build adds, such as <c>lists</c>.</param>
    /// <returns>Is set when it may.</returns>
    public static async Task<TaskCompletionSource> HoldScript(this IPage page, string file)
    {
        var comes = new TaskCompletionSource();
        await page.RouteAsync($"**/js/{file}*.js", async route =>
        {
            await comes.Task;
            await route.ContinueAsync();
        });
        return comes;
    }

    /// <summary>Chooses a file in a field of Blazor's, which listens only a message after it is drawn.</summary>
    public static async Task Choose(this ILocator field, FilePayload file)
    {
        await Listens(field);
        await field.SetInputFilesAsync(file);
    }

    /// <inheritdoc cref="Choose(ILocator, FilePayload)"/>
    /// <param name="path">Of a file on disk.</param>
    public static async Task Choose(this ILocator field, string path)
    {
        await Listens(field);
        await field.SetInputFilesAsync(path);
    }

    private static Task Listens(ILocator field) => Eventually.Holds(
        () => field.EvaluateAsync<bool>("field => '_blazorInputFileNextFileId' in field"), () => "the file field listens");
}
