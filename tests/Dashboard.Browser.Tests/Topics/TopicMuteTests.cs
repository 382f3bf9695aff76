using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests.Topics;

/// <summary>What is muted is left out, is always visible, and comes back.</summary>
public sealed class TopicMuteTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task What_is_muted_is_a_chip_in_every_visit_until_it_is_unmuted() => Look(async page =>
    {
        await Publish($"{Topic}/noise", "loud");
        await page.Open($"/topics?search={Topic}&topic={Topic}/noise");
        await page.GetByRole(AriaRole.Button, new() { Name = "Mute", Exact = true }).ClickAsync();
        await Assertions.Expect(Row(page, "noise")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "noise")).Not.ToContainTextAsync("loud");
        await Kept(page, $"{Topic}/noise");

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
        await Kept(page, $"{Topic}/room");

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
        await Kept(page, $"{Topic}/old");
        var tells = await page.HoldScript("muted");

        await page.Open($"/topics?search={Topic}/");
        await MuteByKey(page, "new");
        await Assertions.Expect(Row(page, "new")).ToContainTextAsync("muted");
        await Assertions.Expect(Row(page, "old")).Not.ToContainTextAsync("muted");
        tells.SetResult();

        await Assertions.Expect(Row(page, "old")).ToContainTextAsync("muted");
        await Kept(page, $"{Topic}/new");
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

    /// <summary>The browser is told after the row is drawn.</summary>
    private static Task Kept(IPage page, string topic) =>
        page.Until("topic => JSON.parse(localStorage.getItem('muted-topics') ?? '[]').includes(topic)", topic);

    private static async Task Touch(ICDPSession finger, string what, float? x = null, float? y = null) => await finger.SendAsync(
        "Input.dispatchTouchEvent",
        new() { ["type"] = what, ["touchPoints"] = x is null ? Array.Empty<object>() : new[] { new { x, y } } });

    private static ILocator Row(IPage page, string level) =>
        page.GetByRole(AriaRole.Treeitem).Filter(new() { Has = page.Locator(".level", new() { HasTextRegex = new Regex($"^{Regex.Escape(level)}$") }) });

    private static Task ExpectChosen(IPage page, string level) =>
        Assertions.Expect(page.Locator("#chosen-topic .level")).ToHaveTextAsync(level);
}
