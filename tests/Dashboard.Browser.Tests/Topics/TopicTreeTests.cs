namespace Dashboard.Browser.Tests.Topics;

public sealed class TopicTreeTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_message_appears_in_the_tree_with_its_value_and_its_count() => Look(async page =>
    {
        await page.Open($"/topics?search={Topic}");

        await Publish($"{Topic}/temperature", "21.5");
        await Assertions.Expect(Row(page, "temperature")).ToContainTextAsync("21.5");

        await Publish($"{Topic}/temperature", "22");
        await Assertions.Expect(Row(page, "temperature").Locator(".value")).ToHaveTextAsync("22");
        await Assertions.Expect(Row(page, "temperature").Locator(".count")).ToHaveTextAsync("2");
    });

    [Fact]
    public Task A_retained_message_is_marked() => Look(async page =>
    {
        await Publish($"{Topic}/kept", "on", "-r");
        await Publish($"{Topic}/passing", "on");

        await page.Open($"/topics?search={Topic}");

        await Assertions.Expect(Row(page, "kept")).ToContainTextAsync("stored");
        await Assertions.Expect(Row(page, "passing")).Not.ToContainTextAsync("stored");
    });

    [Fact]
    public Task A_filter_in_the_search_box_selects_and_counts() => Look(async page =>
    {
        await Publish($"{Topic}/1/temp", "20");
        await Publish($"{Topic}/2/temp", "21");
        await Publish($"{Topic}/2/hum", "50");
        await page.Open("/topics");
        await Assertions.Expect(page.Locator("h1")).ToBeFocusedAsync(); // the last that the shell does with the focus

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync($"{Topic}/+/temp");

        await Assertions.Expect(page.GetByRole(AriaRole.Status).Filter(new() { HasText = "topics" })).ToContainTextAsync("2 of ");
        await Assertions.Expect(Row(page, "temp")).ToHaveCountAsync(2);
        await Assertions.Expect(Row(page, "hum")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("search="));
    });

    [Fact]
    public Task Nothing_that_is_typed_is_lost_on_a_slow_line() => Look(async page =>
    {
        await Publish(Topic, "1");
        await page.RouteWebSocketAsync("**/_blazor**", SlowLine);
        await page.GotoAsync("/topics");
        await page.GetByRole(AriaRole.Treeitem).First.WaitForAsync();

        await page.Locator("[data-search]").PressSequentiallyAsync($"{Topic}/+/nothing-like-this", new() { Delay = 20 });

        await Assertions.Expect(page.Locator(".foot")).ToContainTextAsync("0 of ");
        await Assertions.Expect(page.Locator("[data-search]")).ToHaveValueAsync($"{Topic}/+/nothing-like-this");
    });

    [Fact]
    public Task What_is_no_filter_is_said_beside_the_search_box() => Look(async page =>
    {
        await Publish($"{Topic}/temp", "20");
        await page.Open("/topics");

        await page.FillAsync("[data-search]", "sensors/#/temp");

        await Assertions.Expect(page.Locator("#search-hint")).ToContainTextAsync("must come last");
    });

    [Fact]
    public Task The_tree_is_walked_by_keyboard() => Look(async page =>
    {
        await Publish($"{Topic}/room/light", "on");
        await Publish($"{Topic}/room/door", "shut");
        await page.Open($"/topics?search={Topic}/room");
        await Assertions.Expect(Row(page, "light")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Tree).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await ExpectChosen(page, "light");
        await page.Keyboard.PressAsync("ArrowLeft");
        await ExpectChosen(page, "room");

        await page.Keyboard.PressAsync("ArrowLeft");
        await Assertions.Expect(Row(page, "room")).ToHaveAttributeAsync("aria-expanded", "false");
        await Assertions.Expect(Row(page, "light")).ToHaveCountAsync(0);

        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(Row(page, "room")).ToHaveAttributeAsync("aria-expanded", "true");
        await Assertions.Expect(Row(page, "room")).ToHaveAttributeAsync("aria-level", "3");
        await page.Keyboard.PressAsync("ArrowRight");
        await ExpectChosen(page, "door");

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = $"{Topic}/room/door" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Rows_stay_where_they_are_when_topics_come_above_them() => Look(async page =>
    {
        await PublishMany("m", 80);
        await page.Open($"/topics?search={Topic}");
        var row = Row(page, "m50");
        await page.GetByRole(AriaRole.Tree).EvaluateAsync("tree => tree.scrollTop = 48 * 36");
        await row.HoverAsync();
        var before = await row.BoundingBoxAsync();

        await PublishMany("a", 5);

        await Assertions.Expect(page.Locator(".foot")).ToContainTextAsync("85 of ");
        var after = await row.BoundingBoxAsync();
        Assert.Equal(before!.Y, after!.Y);
    });

    [Fact]
    public Task The_chosen_row_is_named_only_while_it_is_there() => Look(async page =>
    {
        await PublishMany("m", 80);
        await page.Open($"/topics?search={Topic}&topic={Topic}/m12");
        var tree = page.GetByRole(AriaRole.Tree);
        await Assertions.Expect(tree).ToHaveAttributeAsync("aria-activedescendant", "chosen-topic");

        await tree.EvaluateAsync("tree => tree.scrollTop = tree.scrollHeight");

        await Assertions.Expect(tree).Not.ToHaveAttributeAsync("aria-activedescendant", "chosen-topic");
        await tree.EvaluateAsync("tree => tree.scrollTop = 0");
        await Assertions.Expect(tree).ToHaveAttributeAsync("aria-activedescendant", "chosen-topic");
    });

    [Fact]
    public Task Topics_are_ordered_by_their_messages_and_the_order_is_in_the_address() => Look(async page =>
    {
        await PublishMany("a", 1);
        await Publish($"{Topic}/b", "1");
        await Publish($"{Topic}/b", "2");
        await page.Open($"/topics?search={Topic}/");
        await Assertions.Expect(page.Locator("[role=treeitem][aria-level='3'] .level")).ToHaveTextAsync(["a10", "b"]);

        await page.GetByLabel("Sort by").SelectOptionAsync("Count");

        await Assertions.Expect(page.Locator("[role=treeitem][aria-level='3'] .level")).ToHaveTextAsync(["b", "a10"]);
        await Assertions.Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("sort=count"));
        await Publish($"{Topic}/a10", "2");
        await Publish($"{Topic}/a10", "3");
        await Assertions.Expect(Row(page, "a10").Locator(".count")).ToHaveTextAsync("3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Refresh order" }).ClickAsync();
        await Assertions.Expect(page.Locator("[role=treeitem][aria-level='3'] .level")).ToHaveTextAsync(["a10", "b"]);
    });

    [Fact]
    public Task A_text_is_found_in_the_last_payloads() => Look(async page =>
    {
        await Publish($"{Topic}/one", $"needle-{Topic}");
        await Publish($"{Topic}/two", "hay");
        await page.Open("/topics");

        await page.GetByRole(AriaRole.Radio, new() { Name = "Payloads" }).CheckAsync();
        await page.FillAsync("[data-search]", $"NEEDLE-{Topic}");

        await Assertions.Expect(page.Locator(".foot")).ToContainTextAsync("1 of ");
        await Assertions.Expect(Row(page, "one")).ToHaveCountAsync(1);
    });

    [Fact]
    public Task What_is_muted_is_a_chip_in_every_visit_until_it_is_unmuted() => Look(async page =>
    {
        await Publish($"{Topic}/noise", "loud");
        await page.Open($"/topics?search={Topic}&topic={Topic}/noise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).ClickAsync();
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "noise")).Not.ToContainTextAsync("loud");

        await page.Open($"/topics?search={Topic}");
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("muted");
        await page.GetByRole(AriaRole.Button, new() { Name = $"Unmute {Topic}/noise" }).ClickAsync();

        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("loud");
    });

    [Fact]
    public Task A_level_is_muted_and_the_order_chosen_by_keyboard() => Look(async page =>
    {
        await Publish($"{Topic}/room/noise", "loud");
        await page.Open($"/topics?search={Topic}/");
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("loud");

        await page.GetByRole(AriaRole.Tree).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("ArrowUp");
        await ExpectChosen(page, "room");
        await page.Keyboard.PressAsync("m");

        await Assertions.Expect(Row(page, "room")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "noise")).Not.ToContainTextAsync("loud");
        await page.Keyboard.PressAsync("s");
        await Assertions.Expect(page.GetByLabel("Sort by")).ToHaveValueAsync("Rate");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("loud");

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("mute the chosen level");
    });

    [Fact]
    public Task What_is_muted_is_left_out_on_every_page_and_comes_back_on_any_in_every_tab() => Look(async page =>
    {
        await Publish($"{Topic}/room/noise", "loud");
        await page.Open($"/topics?search={Topic}/");
        await Row(page, "room").HoverAsync();
        await Row(page, "room").Locator(".mute").ClickAsync();
        var unmute = new PageGetByRoleOptions { Name = $"Unmute {Topic}/room" };
        await Assertions.Expect(page.GetByRole(AriaRole.Button, unmute)).ToBeVisibleAsync();

        var other = await page.Context.NewPageAsync();
        await other.Open($"/messages?filter={Topic}/%23");
        await Assertions.Expect(other.GetByRole(AriaRole.Button, unmute)).ToBeVisibleAsync();
        await Publish($"{Topic}/room/noise", "not heard");
        await Publish($"{Topic}/hall", "heard");
        await Assertions.Expect(other.Locator(".rows")).ToContainTextAsync("heard");
        await Assertions.Expect(other.Locator(".rows")).Not.ToContainTextAsync("not heard");

        await page.Open("/");
        await Publish($"{Topic}/room/noise", "louder");
        await Assertions.Expect(page.GetByText("without what is muted")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator($"a[title='{Topic}/room/noise']")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, unmute).ClickAsync();
        await Assertions.Expect(page.GetByText("without what is muted")).ToHaveCountAsync(0);
        await Assertions.Expect(other.GetByRole(AriaRole.Button, unmute)).ToHaveCountAsync(0);
        await Publish($"{Topic}/room/noise", "heard again");
        await Assertions.Expect(other.Locator(".rows")).ToContainTextAsync("heard again");
    });

    [Fact]
    public Task What_is_muted_before_the_browser_has_told_its_list_is_added_to_it() => Look(async page =>
    {
        await Publish($"{Topic}/old", "1");
        await Publish($"{Topic}/new", "1");
        await page.Open($"/topics?search={Topic}/");
        await MuteByKey(page, "old");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = $"Unmute {Topic}/old" })).ToBeVisibleAsync();
        var tells = new TaskCompletionSource();
        await page.RouteAsync("**/js/muted*.js", async route =>
        {
            await tells.Task;
            await route.ContinueAsync();
        });

        await page.Open($"/topics?search={Topic}/");
        await MuteByKey(page, "new");
        await Assertions.Expect(Row(page, "new")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "old")).Not.ToContainTextAsync("muted");
        tells.SetResult();

        await Assertions.Expect(Row(page, "old")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "new")).ToContainTextAsync("muted");
        await page.Open($"/topics?search={Topic}/");
        await Assertions.Expect(Row(page, "new")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "old")).ToContainTextAsync("muted");
    });

    [Fact]
    public Task A_row_is_muted_in_its_menu_by_the_mouse_and_by_the_keyboard() => Look(async page =>
    {
        await Publish($"{Topic}/noise", "loud");
        await page.Open($"/topics?search={Topic}/");
        await Assertions.Expect(page.Locator(".rows[data-has-menu]")).ToBeVisibleAsync();

        await Row(page, "noise").ClickAsync(new() { Button = MouseButton.Right });
        var menu = page.GetByRole(AriaRole.Dialog, new() { Name = $"{Topic}/noise" });
        await Accessibility.AssertNoSeriousAxeViolations(page);
        await menu.GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("muted");
        await Assertions.Expect(menu).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Tree).FocusAsync();
        await page.Keyboard.PressAsync("End");
        await ExpectChosen(page, "noise");
        await page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(menu.GetByRole(AriaRole.Button, new() { Name = "Unmute" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("loud");
        await Assertions.Expect(page.GetByRole(AriaRole.Tree)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Shift+F10");
        await Assertions.Expect(menu).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(menu).ToHaveCountAsync(0);
    });

    [Fact]
    public Task On_a_phone_a_finger_that_rests_on_a_row_opens_its_menu() => Look(
        async page =>
        {
            await Publish($"{Topic}/noise", "loud");
            await page.Open($"/topics?search={Topic}/");
            await Assertions.Expect(page.Locator(".rows[data-has-menu]")).ToBeVisibleAsync();
            var finger = await page.Context.NewCDPSessionAsync(page);
            var row = (await Row(page, "noise").BoundingBoxAsync())!;
            var menu = page.GetByRole(AriaRole.Dialog, new() { Name = $"{Topic}/noise" });

            await Touch(finger, "touchStart", row.X + 60, row.Y + 20);
            await Assertions.Expect(menu).ToBeVisibleAsync();
            await Touch(finger, "touchEnd");
            await Accessibility.AssertNoSeriousAxeViolations(page);
            var box = (await menu.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 0, Screen.Phone.Width);
            await menu.GetByRole(AriaRole.Button, new() { Name = "Mute" }).ClickAsync();

            await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("muted");
            await Assertions.Expect(page.Locator(".detail")).ToHaveCountAsync(0);
        },
        Screen.Phone);

    [Fact]
    public Task A_topic_that_falls_silent_is_said_to_be_late() => Look(async page =>
    {
        await Tool.Run("sh", "-c", $"seq 1 6 | while read i; do echo $i; sleep 0.05; done | mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic}/beat -l");
        await page.Open($"/topics?search={Topic}");

        await Assertions.Expect(Row(page, "beat").Locator(".age")).ToContainTextAsync("late");
        await Assertions.Expect(Row(page, "beat").Locator(".spark path")).ToHaveCountAsync(1);
    });

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Light, true)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Dark, true)]
    public Task The_tree_and_the_details_are_accessible(ColorScheme colours, bool onPhone) => Look(
        async page =>
        {
            await Publish($"{Topic}/empty", "");
            await Publish($"{Topic}/json", """{"temp": 21.5}""", "-r", "-V", "5", "-D", "PUBLISH", "user-property", "unit", "celsius");
            await page.Open($"/topics?search={Topic}");
            await Assertions.Expect(Row(page, "empty")).ToContainTextAsync("empty");
            await Accessibility.AssertNoSeriousAxeViolations(page);

            await Row(page, "json").ClickAsync();
            await Assertions.Expect(page.Locator("pre")).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours);

    private static async Task MuteByKey(IPage page, string level)
    {
        await Assertions.Expect(Row(page, level)).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Tree).FocusAsync();
        await page.Keyboard.PressAsync("End");
        if (level == "new")
        {
            await page.Keyboard.PressAsync("ArrowUp");
        }

        await ExpectChosen(page, level);
        await page.Keyboard.PressAsync("m");
    }

    private static async Task Touch(ICDPSession finger, string what, float? x = null, float? y = null) => await finger.SendAsync(
        "Input.dispatchTouchEvent",
        new() { ["type"] = what, ["touchPoints"] = x is null ? Array.Empty<object>() : new[] { new { x, y } } });

    /// <summary>Every message takes a tenth of a second in both directions, and none overtakes another.</summary>
    private static void SlowLine(IWebSocketRoute page)
    {
        var server = page.ConnectToServer();
        page.OnMessage(Later(server.Send, server.Send));
        server.OnMessage(Later(page.Send, page.Send));

        static Action<IWebSocketFrame> Later(Action<string> text, Action<byte[]> bytes)
        {
            var before = Task.CompletedTask;
            return frame => before = Task.WhenAll(before, Task.Delay(100)).ContinueWith(
                _ =>
                {
                    if (frame.Binary is { } binary)
                    {
                        bytes(binary);
                    }
                    else
                    {
                        text(frame.Text!);
                    }
                },
                TaskScheduler.Default);
        }
    }

    private static ILocator Row(IPage page, string level) =>
        page.GetByRole(AriaRole.Treeitem).Filter(new() { Has = page.Locator($".level:text-is('{level}')") });

    private static Task ExpectChosen(IPage page, string level) =>
        Assertions.Expect(page.Locator("#chosen-topic .level")).ToHaveTextAsync(level);

    private Task<Tool> PublishMany(string prefix, int count) =>
        Tool.Run("sh", "-c", $"for i in $(seq 10 {9 + count}); do mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic}/{prefix}$i -m 1; done");
}
