using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

[Collection(DashboardInBrowser.SecondCollection)]
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
        subscriber.Kill(); // it would come back, and take over whoever comes with its id
        await using var refused = Tool.Start("mosquitto_pub", "-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-i", ClientId, "-V", "5", "-t", Topic, "-m", "x");
        await Eventually.Holds(() => refused.ToString().Contains("Connection error: Banned", StringComparison.Ordinal), () => $"nobody was refused. {refused}");

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
    public Task Clients_are_narrowed_down_by_version_and_by_the_topic_they_get_and_the_address_keeps_it() => Look(async page =>
    {
        await using var five = await Subscribe(Topic + "/a/#", "-i", ClientId + "-five", "-V", "5");
        await using var three = await Subscribe(Topic + "/+/1", "-i", ClientId + "-three", "-V", "311");
        await page.Open("/clients?filter=" + Uri.EscapeDataString("id:" + ClientId));
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);

        await page.GetByLabel("Protocol").SelectOptionAsync("V311");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(["-three"]);
        await page.GetByLabel("Protocol").SelectOptionAsync("");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);

        await page.GetByLabel("Gets topic").FillAsync(Topic + "/a/2");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(["-five"]);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("[?&]topic=browser"));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("tbody tr")).ToContainTextAsync(["-five"]);
    });

    [Fact]
    public Task An_id_with_html_turning_marks_and_great_length_spoils_no_page() => Look(async page =>
    {
        var odd = $"{Topic} <img src=x onerror=alert(1)>\u202Eevil {new string('x', 3_000)}";
        await using var subscriber = await Subscribe(Topic, "-i", odd);
        foreach (var address in (string[])["/clients?filter=" + Uri.EscapeDataString(Topic), "/clients/events?filter=" + Uri.EscapeDataString(Topic), "/clients/details?id=" + Uri.EscapeDataString(odd), "/clients/packets?id=" + Uri.EscapeDataString(odd)])
        {
            await page.Open(address);
            await Assertions.Expect(page.GetByText(Topic + " <img").First).ToBeVisibleAsync();
            Assert.Equal(0, await page.Locator("main img").CountAsync());
            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                $"{address.Split('?')[0]} is wider than the screen");
        }
    }, Screen.Phone);

    [Fact]
    public Task What_waits_for_a_client_can_be_read() => Look(async page =>
    {
        await KeepSession(ClientId);
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
        await KeepSession(ClientId, "-t", Topic + "/#");
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

    [Fact]
    public async Task The_page_of_the_longest_client_id_can_be_loaded_again()
    {
        using var http = new HttpClient();

        using var answer = await http.GetAsync(new Uri($"{Dashboard.Address}/clients/details?id={string.Concat(Enumerable.Repeat("%F0%9F%98%80", 65_532 / 4))}"));

        Assert.Equal(System.Net.HttpStatusCode.OK, answer.StatusCode);
    }
}
