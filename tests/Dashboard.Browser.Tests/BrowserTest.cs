namespace Dashboard.Browser.Tests;

/// <summary>
/// A test in the real browser. <see cref="Look"/> gives it a page of its own and watches it: any error of the browser's
/// console, of a script or in the Dashboard's log fails the test, and a failed test leaves a screenshot and the page's
/// text in <c>artifacts/browser/</c>.
/// </summary>
[Collection(DashboardInBrowser.Collection)]
public abstract class BrowserTest(DashboardInBrowser fixture)
{
    private static int _numbers;

    private readonly Complaints _complaints = new();

    protected DashboardProcess Dashboard => fixture.Dashboard;

    /// <summary>A topic that no other test uses.</summary>
    protected string Topic { get; } = $"browser/{Interlocked.Increment(ref _numbers)}";

    /// <summary>Runs a test on a fresh page (no cookies, nothing stored) of an English desktop in light colours with this machine's clock, unless said otherwise.</summary>
    protected async Task Look(Func<IPage, Task> test, ViewportSize? screen = null, ColorScheme colours = ColorScheme.Light, string language = "en", string? zone = null)
    {
        await using var context = await fixture.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Dashboard.Address,
            ViewportSize = screen ?? Screen.Desktop,
            ColorScheme = colours,
            Locale = language,
            TimezoneId = zone,
        });
        var page = await context.NewPageAsync();
        _complaints.Listen(page);
        try
        {
            await test(page);
            _complaints.AssertNone();
            Dashboard.AssertNoErrorLogged();
        }
        catch (Exception failure)
        {
            var saved = await Save(page, failure);
            throw new InvalidOperationException($"{failure.Message}\nSaved: {saved}", failure);
        }
    }

    /// <summary>From now on, complaints of the browser with this text are part of what the test does.</summary>
    protected void ExpectComplaint(string text) => _complaints.Expect(text);

    /// <summary>Runs <c>mosquitto_pub</c> to its end.</summary>
    /// <param name="more">More arguments, such as <c>-r</c>.</param>
    protected Task Publish(string topic, string payload, params IEnumerable<string> more) =>
        Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-q", "1", "-t", topic, "-m", payload, .. more]);

    /// <summary>Starts <c>mosquitto_sub</c>; returns when its subscription is granted. Its messages are lines "received TOPIC PAYLOAD".</summary>
    protected async Task<Tool> Subscribe(string filter, params IEnumerable<string> more)
    {
        // Without stdbuf its debug lines, "Subscribed" among them, stay in a buffer until the first message.
        var subscriber = Tool.Start("stdbuf",
            ["-oL", "mosquitto_sub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-d", "-q", "1", "-F", "received %t %p", "-t", filter, .. more]);
        await subscriber.WaitForLine("Subscribed (mid: 1)");
        return subscriber;
    }

    /// <summary>
    /// Leaves a session behind that is subscribed to <see cref="Topic"/>, or to what else is said with <c>-t</c>; returns when the
    /// broker has noticed that its client is gone: until then a message goes to the client, and does not wait in the queue.
    /// </summary>
    protected async Task KeepSession(string clientId, params string[] more)
    {
        await Tool.Run("mosquitto_sub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", clientId, "-c", "-q", "1", "-t", Topic, "-E", .. more]);
        using var http = new HttpClient();
        var details = new Uri($"{Dashboard.Address}/clients/details?id={Uri.EscapeDataString(clientId)}");
        await Eventually.Holds(
            async () => (await http.GetStringAsync(details)).Contains("offline for", StringComparison.Ordinal), () => $"{clientId} is offline");
    }

    private async Task<string> Save(IPage page, Exception failure)
    {
        var number = Interlocked.Increment(ref _numbers);
        var name = Path.Combine(Repository.Artifacts("browser"), $"{GetType().Name}-{number}");
        try
        {
            await page.ScreenshotAsync(new PageScreenshotOptions { Path = name + ".png" });
            await File.WriteAllTextAsync(name + ".txt", $"""
                {page.Url}

                {failure}

                Complaints:
                {string.Join('\n', _complaints.Unexpected())}

                Text:
                {await page.Locator("body").InnerTextAsync(new LocatorInnerTextOptions { Timeout = 2000 })}

                Log:
                {string.Join('\n', Dashboard.Log.TakeLast(60))}
                """);
        }
        catch (Exception whileSaving) when (whileSaving is PlaywrightException or TimeoutException)
        {
            return $"{name}.* is not complete: {whileSaving.Message}";
        }

        return name + ".png and .txt";
    }
}
