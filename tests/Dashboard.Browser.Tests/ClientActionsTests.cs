namespace Dashboard.Browser.Tests;

public sealed class ClientActionsTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private string ClientId => $"{Topic}-pi";

    private string Details => "/clients/details?id=" + Uri.EscapeDataString(ClientId);

    [Fact]
    public Task A_client_is_banned_refused_and_let_in_again() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic, "-i", ClientId, "-V", "5");
        await page.Open(Details);

        await page.GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.GetByLabel("Client id").Last).ToHaveValueAsync(ClientId);
        await dialog.GetByLabel("Reason").FillAsync("too loud");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Ban", Exact = true }).ClickAsync();

        await Assertions.Expect(page.Locator("p.outcome")).ToContainTextAsync("1 client was disconnected.");
        await subscriber.WaitForLine("Received DISCONNECT (152)");
        await using var refused = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-V", "5", "-t", Topic, "-m", "x");
        await refused.WaitForExit();
        Assert.Contains(refused.Lines, line => line.Contains("Banned", StringComparison.Ordinal));

        await page.Open("/clients/bans");
        var row = page.Locator(".bans li").Filter(new() { HasText = ClientId });
        await Assertions.Expect(row).ToContainTextAsync("too loud");
        await Assertions.Expect(row).ToContainTextAsync("attempt");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lift" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"Lifted: Client id {ClientId} may connect again.")).ToBeVisibleAsync();
        await Publish(Topic, "again", "-i", ClientId);
    });

    [Fact]
    public Task A_client_is_subscribed_sees_what_matches_and_is_unsubscribed() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic + "/own", "-i", ClientId);
        await Publish(Topic + "/more/1", "kept", "-r");
        await page.Open(Details);

        await page.GetByPlaceholder("Topic filter to add").FillAsync(Topic + "/more/#");
        await page.GetByRole(AriaRole.Button, new() { Name = "Subscribe it" }).ClickAsync();

        await Assertions.Expect(page.Locator("p.outcome")).ToContainTextAsync($"Subscribed to {Topic}/more/# at QoS 0");
        await subscriber.WaitForLine($"received {Topic}/more/1 kept");
        var row = page.Locator("li").Filter(new() { HasText = "/more/#" }).First;
        await row.GetByRole(AriaRole.Button, new() { Name = "What it matches" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("1 of the topics that are known now");

        await row.GetByRole(AriaRole.Button, new() { Name = "Remove the subscription" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.Locator("p.outcome")).ToContainTextAsync("Removed: the subscription to");
        await Publish(Topic + "/own", "still here");
        await subscriber.WaitForLine($"received {Topic}/own still here");
    });

    [Fact]
    public Task What_waits_for_a_client_can_be_read() => Look(async page =>
    {
        await Tool.Run("mosquitto_sub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-c", "-q", "1", "-t", Topic, "-E");
        for (var i = 0; i < 25; i++)
        {
            await Publish(Topic, $"<i>message {i}</i>");
        }

        await page.Open(Details);

        await Assertions.Expect(page.GetByText("<i>message 0</i>")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("1 to 20 of 25")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync();
        await Assertions.Expect(page.GetByText("<i>message 24</i>")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("details", ColorScheme.Light, false, "en")]
    [InlineData("details", ColorScheme.Dark, true, "es")]
    [InlineData("/clients/bans", ColorScheme.Dark, false, "en")]
    [InlineData("/clients/bans", ColorScheme.Light, true, "es")]
    [InlineData("/clients/refused", ColorScheme.Light, true, "es")]
    [InlineData("/clients/events", ColorScheme.Dark, false, "es")]
    [InlineData("/clients", ColorScheme.Light, false, "es")]
    [InlineData("/clients", ColorScheme.Dark, true, "es")]
    public async Task With_data_the_pages_are_accessible(string address, ColorScheme colours, bool onPhone, string language)
    {
        await Tool.Run("mosquitto_sub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-c", "-q", "1", "-t", Topic, "-t", Topic + "/#", "-E");
        await Publish(Topic, "waits");
        using var http = new HttpClient();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => http.GetAsync($"http://127.0.0.1:{Dashboard.Ports.Tcp}/"));
        await Look(
            async page =>
            {
                await page.Open("/clients/bans");
                await page.Locator(".page-header button").ClickAsync();
                await page.Locator(".ban input.mono").FillAsync($"banned {Topic}");
                await page.Locator(".ban button[type=submit]").ClickAsync();
                await Assertions.Expect(page.Locator(".bans li").First).ToBeVisibleAsync();

                await page.Open(address == "details" ? Details : address);

                Assert.False(
                    await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                    "the page is wider than the screen");
                await Accessibility.AssertNoSeriousAxeViolations(page);
            },
            onPhone ? Screen.Phone : Screen.Desktop,
            colours,
            language);
    }
}
