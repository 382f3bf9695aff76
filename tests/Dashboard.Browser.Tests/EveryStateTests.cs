namespace Dashboard.Browser.Tests;

/// <summary>What a page shows only after something was done on it is as accessible as the page itself, in both colours.</summary>
[Collection(DashboardInBrowser.SecondCollection)]
public sealed class EveryStateTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    private const string Wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth";

    private string ClientId => Topic.Replace('/', '-');

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_details_of_a_topic_with_chart_changes_and_an_older_message(bool onPhone) => LookAt(onPhone, async page =>
    {
        await Publish(Topic, """{"t": 20, "deep": {"h": 40}}""", "-V", "5", "-D", "PUBLISH", "user-property", "unit", "celsius", "-r");
        await Publish(Topic, """{"t": 22, "deep": {"h": 42}}""");
        await Publish(Topic, """{"t": 21, "deep": {"h": 41}}""");
        await page.Open($"/topics?topic={Topic}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show as a table" }).ClickAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "Changes" }).CheckAsync();
        await Assertions.Expect(page.Locator(".detail ins").First).ToBeVisibleAsync();
        await page.Locator(".detail [role=listitem] button").Nth(1).ClickAsync();
        await Assertions.Expect(page.GetByText("Show the newest")).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_journey_of_a_message(bool onPhone) => LookAt(onPhone, async page =>
    {
        await using var reader = await Subscribe($"{Topic}/+", "-i", ClientId);
        await page.Open($"/messages?filter={Topic}/%23");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish($"{Topic}/a", "21");
        await page.Locator("[data-row]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-receiver]")).ToContainTextAsync("acknowledged");
        await AssertAccessible(page);
        await page.GetByRole(AriaRole.Link, new() { Name = "Open as a page" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Message journey");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Streams_merged_with_a_mistake_in_one(bool onPhone) => LookAt(onPhone, async page =>
    {
        await page.Open($"/messages?filter={Topic}/%23&filter2=qso:1&view=merged");
        await Assertions.Expect(page.Locator("[data-arrived]").First).ToHaveTextAsync("0 arrived");
        await Publish($"{Topic}/a", "1", "-r");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Publish_with_all_its_folds_open_and_a_near_miss(bool onPhone) => LookAt(onPhone, async page =>
    {
        await using var reader = await Subscribe($"{Topic}/lamp");
        await page.Open($"/publish?topic={Topic}/Lamp");
        await Assertions.Expect(page.Locator("#topic-hint")).ToContainTextAsync("upper and lower case differ");
        foreach (var fold in await page.Locator("main summary").AllAsync())
        {
            await fold.ClickAsync();
        }

        await page.Locator("[data-submit]").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).First).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Radio, new() { Name = "File" }).CheckAsync();
        await AssertAccessible(page);
        await page.GetByLabel("File to send").Choose(new FilePayload { Name = "a photo with a long name that has to be broken somewhere.bin", MimeType = "image/png", Buffer = new byte[1_500] });
        await Assertions.Expect(page.Locator(".file")).ToContainTextAsync("1.5 kB");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_question_before_retained_messages_are_deleted_and_what_is_protected(bool onPhone) => LookAt(onPhone, async page =>
    {
        await Publish(Topic + "/a", "x", "-r");
        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, new() { Name = "Protected sub-trees" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Filter to protect")).ToBeVisibleAsync();
        await AssertAccessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete these…" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("1 message");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task A_client_with_what_waits_and_matches_and_the_ban_of_it(bool onPhone) => LookAt(onPhone, async page =>
    {
        await KeepSession(ClientId);
        await Publish(Topic, "waits");
        await page.Open($"/clients/details?id={ClientId}");
        await page.GetByRole(AriaRole.Button, new() { Name = "What it matches" }).ClickAsync();
        await Assertions.Expect(page.GetByText("1 of the topics")).ToBeVisibleAsync();
        await AssertAccessible(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ban…" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();
    });

    [Theory]
    [InlineData("/clients/events")]
    [InlineData("/clients/refused")]
    [InlineData("/clients/bans")]
    [InlineData("/clients/details?id=nobody")]
    [InlineData("/clients/packets?id=nobody")]
    [InlineData("/messages/journey/999999999")]
    [InlineData("/not-found")]
    [InlineData("/?as=table")]
    public Task A_page_that_is_reached_by_a_link(string address) => LookAt(false, async page =>
    {
        if (address == "/not-found")
        {
            ExpectComplaint("404");
        }

        await page.Open(address);
        if (address == "/clients/bans")
        {
            await page.Locator(".page-header button").ClickAsync();
            await Assertions.Expect(page.Locator(".ban")).ToBeVisibleAsync();
        }
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task The_palette_the_keys_and_the_notice_of_a_lost_connection(bool onPhone) => LookAt(onPhone, async page =>
    {
        await page.Open("/topics");
        await page.Locator("[data-palette-open]").ClickAsync();
        await page.Locator("dialog.palette input").FillAsync("cli");
        await Assertions.Expect(page.Locator("dialog.palette [aria-selected=true]")).ToContainTextAsync("Clients");
        await AssertAccessible(page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("dialog.keys")).ToBeVisibleAsync();
        await AssertAccessible(page);
        await page.Keyboard.PressAsync("Escape");
        await page.EvaluateAsync("const notice = document.getElementById('connection-lost'); notice.textContent = notice.dataset.text");
        await Assertions.Expect(page.Locator("#connection-lost")).ToBeVisibleAsync();
    });

    private Task LookAt(bool onPhone, Func<IPage, Task> prepare) => Look(
        async page =>
        {
            await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce }); // what is half faded in has no contrast yet
            await prepare(page);
            await AssertAccessible(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop);

    /// <summary>The page stays as it is while its colours change.</summary>
    private static async Task AssertAccessible(IPage page)
    {
        Assert.False(await page.EvaluateAsync<bool>(Wide), "the page is wider than the screen");
        foreach (var colours in new[] { ColorScheme.Dark, ColorScheme.Light })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = colours });
            await Accessibility.AssertNoSeriousAxeViolations(page);
        }
    }
}
