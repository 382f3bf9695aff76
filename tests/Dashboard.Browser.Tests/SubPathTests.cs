using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>The whole program below a path, as a reverse proxy that serves other programs too passes it on.</summary>
public sealed class SubPathTests
{
    [Fact]
    public async Task Below_a_sub_path_pages_come_alive_links_stay_there_and_the_choices_are_kept_there()
    {
        await using var dashboard = await DashboardProcess.Start("--Dashboard:PathBase=/mqtt-dashboard");
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new() { Locale = "en" });
        var complaints = new Complaints();
        complaints.Listen(page);

        await page.Open($"{dashboard.Address}/mqtt-dashboard/");
        foreach (var (name, address) in new[] { ("Topics", "topics"), ("Messages", "messages"), ("Publish", "publish"), ("Retained", "retained"), ("Clients", "clients") })
        {
            await page.Locator("nav.nav .bar a").Filter(new() { HasText = name }).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/mqtt-dashboard/{address}"));
            await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);
        }

        await page.Keyboard.PressAsync("Control+k");
        await Assertions.Expect(page.Locator("dialog.palette input")).ToBeEditableAsync();
        await page.Keyboard.TypeAsync("Overview");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/mqtt-dashboard/$"));

        await page.Open($"{dashboard.Address}/mqtt-dashboard/publish?topic=below%2Fa&payload=1");
        await page.GetByRole(AriaRole.Checkbox).First.CheckAsync();
        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(page.GetByText("Stored as the retained message").First).ToBeVisibleAsync();
        var published = await page.APIRequest.PostAsync($"{dashboard.Address}/mqtt-dashboard/api/publish", new() { DataObject = new { topic = "below/b", payload = "2", retain = true } });
        Assert.True(published.Ok, $"the API answers {published.Status}");
        await page.Open($"{dashboard.Address}/mqtt-dashboard/retained?filter=below%2F%23");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[download]").First.ClickAsync());
        Assert.Equal(2, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);
        await page.Locator("[data-row] button.delete, [data-row] button[aria-label^='Delete']").First.ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.Locator("input[type=file]").SetInputFilesAsync(await download.PathAsync());
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(2);

        await page.Open($"{dashboard.Address}/mqtt-dashboard/topics");
        await page.Locator("[data-language]").SelectOptionAsync("es");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        var cookies = await page.Context.CookiesAsync();
        Assert.All(cookies.Where(cookie => cookie.Name == ".AspNetCore.Culture"), cookie => Assert.Equal("/mqtt-dashboard/", cookie.Path));
        complaints.AssertNone();
        dashboard.AssertNoErrorLogged();
    }
}
