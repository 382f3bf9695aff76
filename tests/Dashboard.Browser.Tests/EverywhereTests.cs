using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

/// <summary>What a person may rely on wherever they are.</summary>
[Collection(DashboardInBrowser.SecondCollection)]
public sealed class EverywhereTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task Nothing_is_fetched_from_elsewhere_and_no_page_may_run_a_script_of_others() => Look(async page =>
    {
        var elsewhere = new List<string>();
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(Dashboard.Address + "/", StringComparison.Ordinal) && !request.Url.StartsWith("data:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };

        foreach (var address in (string[])["/", "/topics", "/messages", "/publish", "/retained", "/clients"])
        {
            var answer = await page.Open(address);
            var policy = answer.Headers["content-security-policy"];
            Assert.Contains("default-src 'self'; script-src 'self';", policy, StringComparison.Ordinal);
        }

        Assert.Empty(elsewhere);
    });

    [Fact]
    public Task The_theme_is_switched_by_its_button_and_kept() => Look(async page =>
    {
        await page.Open("/topics");
        var html = page.Locator("html");
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "system");
        var dark = await Background(page);

        foreach (var theme in (string[])["light", "dark"])
        {
            await page.Locator("[data-theme-toggle]:visible").ClickAsync();
            await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", theme);
        }

        Assert.Equal(dark, await Background(page)); // the system's scheme is dark in this test
        await page.ReloadAsync();
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "dark");
        await page.Locator("[data-theme-toggle]:visible").ClickAsync();
        await Assertions.Expect(html).ToHaveAttributeAsync("data-theme", "system");
    }, colours: ColorScheme.Dark);

    [Fact]
    public Task A_command_and_a_payload_are_copied_as_they_stand() => Look(async page =>
    {
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        var topic = $"{Topic}/ends with a blank ";
        await Publish(topic, " two  spaces\nand a line\n");
        await page.Open("/");
        var copy = page.Locator("#connect .copyable button").First;
        await copy.ClickAsync();
        await Assertions.Expect(copy.Locator(".done")).ToBeVisibleAsync();
        Assert.Equal($"mosquitto_sub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t \"#\" -v", (await Clipboard(page)).TrimEnd());

        await page.Open($"/topics?topic={Uri.EscapeDataString(topic)}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy topic" }).ClickAsync();
        await Eventually.Holds(async () => await Clipboard(page) == topic, () => "the topic is copied");
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy payload" }).ClickAsync();
        await Eventually.Holds(async () => await Clipboard(page) == " two  spaces\nand a line\n", () => "the payload is copied");

        var deep = string.Concat(Enumerable.Repeat("[", 30)) + new string(']', 30);
        await Publish(topic, deep);
        await Assertions.Expect(page.Locator("pre .depth").First).ToBeVisibleAsync(); // the number of the level is not JSON
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy payload" }).ClickAsync();
        await Eventually.Holds(async () => await Clipboard(page) == deep, () => "the JSON is copied");
    });

    [Fact]
    public Task Every_link_of_the_overview_leads_to_a_page() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", Topic);
        await page.Open("/?as=table");
        var addresses = await page.Locator("main a[href]").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.href.split('#')[0]))]");

        Assert.InRange(addresses.Length, 15, 200);
        foreach (var address in addresses)
        {
            var answer = await page.APIRequest.GetAsync(address);
            Assert.True(answer.Ok, $"{address} answers {answer.Status}");
        }

        var places = await page.Locator("main a[href*='#']").EvaluateAllAsync<string[]>("links => [...new Set(links.map(link => link.hash))]");
        Assert.NotEmpty(places);
        foreach (var place in places)
        {
            await Assertions.Expect(page.Locator(place)).ToHaveCountAsync(1);
        }
    });

    [Fact]
    public async Task What_was_dropped_is_told_by_its_reason_in_the_tile_the_card_the_client_and_the_limits()
    {
        await using var dashboard = await DashboardProcess.Start("--Broker:MaxQueuedMessages=2");
        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync(new() { Locale = "en" });
        string[] broker = ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-q", "1", "-t", "t"];
        await Tool.Run("mosquitto_sub", [.. broker, "-i", "away", "-c", "-E"]);
        await page.Open($"{dashboard.Address}/clients/details?id=away");
        await Assertions.Expect(page.Locator("h1 + p")).ToContainTextAsync("offline for");
        for (var i = 0; i < 5; i++)
        {
            await Tool.Run("mosquitto_pub", [.. broker, "-m", "x"]);
        }

        await Assertions.Expect(Tile(page, "Dropped").Locator(".value")).ToHaveTextAsync("3");
        await page.Open(dashboard.Address);
        await Assertions.Expect(Tile(page, "Dropped").Locator(".value")).ToHaveTextAsync("3");
        await Assertions.Expect(page.Locator("[title*='3 because the queue was full']")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#limits div:has(> dt:has-text('queue'))").Filter(new() { HasText = "dropped" })).ToContainTextAsync("3");
        await Assertions.Expect(page.Locator("#limits-hit li")).ToContainTextAsync(new Regex("3 times.+away"));
        await page.Locator("#limits-hit").GetByRole(AriaRole.Link, new() { Name = "away" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Events");
        dashboard.AssertNoErrorLogged();
    }

    [Fact]
    public async Task What_is_held_in_memory_is_named_with_its_cap()
    {
        await using var dashboard = await DashboardProcess.Start();
        await using var chromium = await Chromium.Launch();
        await using var context = await chromium.Browser.NewContextAsync(new() { Locale = "en", BaseURL = dashboard.Address });
        var broker = new[] { "-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-t", "t" };
        await using var subscriber = Tool.Start("stdbuf", ["-oL", "mosquitto_sub", "-d", "-i", "reader", .. broker]);
        await subscriber.WaitForLine("Subscribed (mid: 1)");
        await (await context.NewPageAsync()).Open("/clients/packets?id=reader");
        await (await context.NewPageAsync()).Open("/messages?filter=t");
        await Tool.Run("mosquitto_pub", [.. broker, "-m", new string('x', 3_000)]);
        var page = await context.NewPageAsync();
        await page.Open("/");

        await Assertions.Expect(Held(page, "Captured packets of clients (1)")).ToContainTextAsync(new Regex(@"3(\.\d)? kB.+4\.2 MB"));
        await Assertions.Expect(Held(page, "Live messages of open pages")).ToContainTextAsync("3 kB");
        await Assertions.Expect(Held(page, "Journeys of messages")).ToContainTextAsync("of 8.4 MB");
        await Assertions.Expect(Held(page, "Client events")).ToContainTextAsync("of 2,000");
        await Assertions.Expect(Held(page, "Saved messages")).ToContainTextAsync("of 16.8 MB");
        dashboard.AssertNoErrorLogged();
    }

    private static ILocator Held(IPage page, string name) => page.Locator("#limits dl > div").Filter(new() { HasText = name });

    private static ILocator Tile(IPage page, string label) => page.Locator(".tile").Filter(new() { HasText = label });

    private static Task<string> Clipboard(IPage page) => page.EvaluateAsync<string>("navigator.clipboard.readText()");

    private static Task<string> Background(IPage page) => page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
}
