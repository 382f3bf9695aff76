namespace Dashboard.Browser.Tests.Messages;

public sealed class MessagesTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_message_shows_up_with_its_publisher() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}/%23");

        await Publish($"{Topic}/temperature", "21.5", "-i", "the-thermometer", "-r");

        var row = Rows(page).First;
        await Assertions.Expect(row).ToContainTextAsync($"{Topic}/temperature");
        await Assertions.Expect(row).ToContainTextAsync("21.5");
        await Assertions.Expect(row).ToContainTextAsync("QoS 1");
        await Assertions.Expect(row).ToContainTextAsync("retain flag");
        await Assertions.Expect(row.GetByRole(AriaRole.Link, new() { Name = "the-thermometer" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Space_pauses_the_list_and_counts_what_arrives_meanwhile() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Publish(Topic, "before");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(page.GetByText("Paused · 0 arrived meanwhile")).ToBeVisibleAsync();
        await Publish(Topic, "while it was paused");
        await Publish(Topic, "the last one");
        await Assertions.Expect(page.GetByText("Paused · 2 arrived meanwhile")).ToBeVisibleAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);

        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(3);
        await Assertions.Expect(Rows(page).First).ToContainTextAsync("the last one");
    });

    [Fact]
    public Task A_filter_selects_and_is_in_the_address() => Look(async page =>
    {
        await Listen(page, "/messages");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync(); // the last that the shell does with the focus

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync($"{Topic}/+/temp");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("Nothing arrived for this filter yet")).ToBeVisibleAsync();
        await Publish($"{Topic}/1/hum", "50");
        await Publish($"{Topic}/1/temp", "20");

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);
        await Assertions.Expect(Rows(page)).ToContainTextAsync([$"{Topic}/1/temp"]);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("filter="));
    });

    [Fact]
    public Task A_filter_that_is_none_is_refused_with_what_to_write_instead() => Look(async page =>
    {
        await Listen(page, "/messages");

        await page.FillAsync("[data-search]", "sensors#");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator("[data-problem]")).ToContainTextAsync("write sensors/#");
        await Assertions.Expect(page.Locator("[data-problem] mark")).ToHaveTextAsync("sensors#");
        await Assertions.Expect(page.Locator("[data-search]")).ToHaveAttributeAsync("aria-invalid", "true");
    });

    [Fact]
    public Task A_payload_with_markup_is_text_and_becomes_no_element() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");

        await Publish(Topic, "<b id='evil'>bold</b><script>document.title=2</script>");

        await Assertions.Expect(Rows(page).First).ToContainTextAsync("<b id='evil'>bold</b><script>");
        await Assertions.Expect(page.Locator("#evil")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task A_click_shows_all_of_a_message_and_it_stays_while_others_come() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Publish(Topic, """{"temp":21.5}""", "-V", "5", "-D", "PUBLISH", "user-property", "unit", "celsius");

        await Rows(page).First.ClickAsync();
        await Publish(Topic, "another");

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("{\n  \"temp\": 21.5\n}");
        await Assertions.Expect(page.Locator("dt:text-is('unit') + dd")).ToHaveTextAsync("celsius");
        await page.GetByRole(AriaRole.Link, new() { Name = "Show the topic" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=treeitem][aria-selected=true]")).ToContainTextAsync("another");
    });

    [Fact]
    public Task Clear_empties_the_list_and_its_count() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Publish(Topic, "old");
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("1 arrived");

        await page.GetByRole(AriaRole.Button, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(Rows(page)).ToHaveCountAsync(0);
        await Publish(Topic, "new");

        await Assertions.Expect(Rows(page)).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("1 arrived");
    });

    [Fact]
    public Task What_came_too_fast_is_a_number() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");

        await Flood(20_000);

        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("20,000 arrived");
        await Assertions.Expect(page.GetByText("not captured (more than 1,000 a second)")).ToBeVisibleAsync();
    });

    [Fact]
    public Task Rows_stay_for_whoever_has_scrolled_down_until_they_go_to_the_top() => Look(async page =>
    {
        await Listen(page, $"/messages?filter={Topic}");
        await Flood(100);
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("100 arrived");
        var row = Rows(page).Filter(new() { HasText = "line 60" });
        await page.Locator(".rows").EvaluateAsync("list => list.scrollTop = 38 * 36");
        await Assertions.Expect(row).ToBeInViewportAsync();
        var before = await row.BoundingBoxAsync();

        await Publish(Topic, "news");
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new · to the top" }).WaitForAsync();
        Assert.Equal(before!.Y, (await row.BoundingBoxAsync())!.Y);

        await page.GetByRole(AriaRole.Button, new() { Name = "1 new · to the top" }).ClickAsync();
        await Assertions.Expect(Rows(page).First).ToContainTextAsync("news");
    });

    [Fact]
    public Task Rows_stay_also_for_whoever_scrolled_down_before_the_script_came() => Look(async page =>
    {
        var comes = await page.HoldScript("lists");
        await Listen(page, $"/messages?filter={Topic}");
        await Flood(100);
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("100 arrived");
        await page.Locator(".rows").EvaluateAsync("list => list.scrollTop = 38 * 36");
        comes.SetResult();

        await Eventually.Holds(
            async () =>
            {
                await Publish(Topic, "news");
                return await page.GetByRole(AriaRole.Button, new() { Name = "new · to the top" }).IsVisibleAsync();
            },
            () => "the news wait above");
    });

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Dark, true)]
    public Task The_list_and_the_details_are_accessible(ColorScheme colours, bool onPhone) => Look(
        async page =>
        {
            await Listen(page, $"/messages?filter={Topic}/%23");
            await Publish($"{Topic}/empty", "");
            await Publish($"{Topic}/json", """{"temp": 21.5}""", "-r");
            await Assertions.Expect(Rows(page)).ToHaveCountAsync(2);
            await page.Keyboard.PressAsync(" ");
            await Assertions.Expect(page.GetByText("Paused")).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);

            await Rows(page).First.ClickAsync();
            await Assertions.Expect(page.Locator("pre")).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours);

    private static async Task Listen(IPage page, string address)
    {
        await page.Open(address);
        await Assertions.Expect(page.Locator("[data-arrived]")).ToContainTextAsync("arrived");
        await Assertions.Expect(page.Locator("[data-search]")).ToBeEditableAsync();
    }

    private static ILocator Rows(IPage page) => page.Locator("[data-row]");

    /// <summary>"line 1", "line 2", … at QoS 0 from one client, as fast as it can.</summary>
    private Task<Tool> Flood(int count) =>
        Tool.Run("sh", "-c", $"seq -f 'line %g' {count} | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic} -l");
}
