namespace Dashboard.Browser.Tests;

/// <summary>A page that is left open comes back by itself: after a cut wire as it was, after a restart of the server anew.</summary>
public sealed class ReconnectTests
{
    [Fact]
    public async Task After_a_cut_wire_the_page_goes_on_where_it_was()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var relay = new Relay(dashboard.Ports.Pages);
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync();
        await page.Open($"http://127.0.0.1:{relay.Port}/messages");
        await page.EvaluateAsync("window.samePage = true");

        relay.Cut();
        await Assertions.Expect(page.GetByText("Connection lost")).ToBeVisibleAsync();
        relay.Mend();

        await Assertions.Expect(page.GetByText("Connection lost")).ToBeHiddenAsync(new() { Timeout = 20_000 });
        await PublishUntilSeen(dashboard, page);
        Assert.True(await page.EvaluateAsync<bool>("window.samePage === true"), "the page was loaded anew");
        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public async Task After_a_restart_of_the_server_the_page_loads_itself_anew()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync();
        await page.Open($"{dashboard.Address}/messages");
        await page.EvaluateAsync("window.samePage = true");

        await dashboard.Restart();

        await Eventually.Holds(() => IsAnew(page), () => "the page loads itself anew");
        await PublishUntilSeen(dashboard, page);
        dashboard.AssertNoErrorLogged();
    }

    private static async Task<bool> IsAnew(IPage page)
    {
        try
        {
            return await page.EvaluateAsync<bool>("window.samePage === undefined");
        }
        catch (PlaywrightException)
        {
            return false; // It is on its way from one page to the next.
        }
    }

    /// <summary>A page shows what comes while it listens, and no sign says from when on: so publish until one is seen.</summary>
    private static Task PublishUntilSeen(DashboardProcess dashboard, IPage page) => Eventually.Holds(
        async () =>
        {
            await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-t", "after/reconnect", "-m", "back again"]);
            return await page.GetByText("back again").CountAsync() > 0;
        },
        () => "a message is seen on the page after the reconnect");
}
