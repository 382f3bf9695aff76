namespace Dashboard.Browser.Tests;

/// <summary>One press deletes one message, as it can be put back; what cannot is asked for first, wherever the press is.</summary>
public sealed class DeletionTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Theory]
    [InlineData("/retained", "Delete door/front")]
    [InlineData("/retained?topic=door%2Ffront", "Delete")]
    [InlineData("/topics?topic=door%2Ffront", "Delete retained")]
    public async Task What_cannot_be_put_back_is_asked_for_first(string address, string button)
    {
        await using var dashboard = await DashboardProcess.Start("--Dashboard:UndoBytes=100");
        await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-t", "door/front", "-m", new string('x', 200), "-q", "1", "-r"]);
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new() { Locale = "en" });
        await page.Open(dashboard.Address + address);

        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("This cannot be undone");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Delete 1 message for good" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Deleted door/front; this cannot be undone")).ToBeVisibleAsync();
        dashboard.AssertNoErrorLogged();
    }
}
