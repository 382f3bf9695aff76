namespace Dashboard.Browser.Tests;

/// <summary>
/// Debian's Chromium, as Playwright's own download of browsers is not to be had everywhere; where it can be, without the window
/// around the page, whose own pages take as much of the processor as ours.
/// </summary>
internal sealed class Chromium : IAsyncDisposable
{
    private const string WithoutWindow = "/usr/bin/chromium-headless-shell";

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser)
    {
        _playwright = playwright;
        Browser = browser;
    }

    public IBrowser Browser { get; }

    public static async Task<Chromium> Launch()
    {
        Assertions.SetDefaultExpectTimeout((float)Eventually.Patience.TotalMilliseconds); // of five seconds, for all of this process
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = File.Exists(WithoutWindow) ? WithoutWindow : "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", // root has none, and a test machine's user is root
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        });
        return new Chromium(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
