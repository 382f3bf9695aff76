using System.Text.RegularExpressions;

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
        await Assertions.Expect(Row(page, "temp").Locator(".level mark")).ToHaveTextAsync(["temp", "temp"]);
        await Assertions.Expect(Row(page, "hum")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("search="));
    });

    [Fact]
    public Task Nothing_that_is_typed_is_lost_on_a_slow_line() => Look(async page =>
    {
        await Publish(Topic, "1");
        await new SlowLine(TimeSpan.FromMilliseconds(100)).Lay(page);
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
    public Task A_row_under_the_mouse_stays_there_in_a_list_too_short_to_scroll() => Look(async page =>
    {
        await Publish($"{Topic}/m1", "1");
        await Publish($"{Topic}/m2", "1");
        await page.Open($"/topics?search={Topic}/%23");
        var row = Row(page, "m2");
        await row.HoverAsync();
        var before = await row.BoundingBoxAsync();

        foreach (var count in (int[])[3, 4])
        {
            await Publish($"{Topic}/a{count}", "1");
            await Assertions.Expect(page.Locator(".foot")).ToContainTextAsync($"{count} of ");
            await Assertions.Expect(Row(page, $"a{count}")).ToHaveCountAsync(1);
            Assert.Equal(before!.Y, (await row.BoundingBoxAsync())!.Y);
        }

        await page.Mouse.MoveAsync(1, 1);
        await Assertions.Expect(Row(page, "a3")).ToBeInViewportAsync();
        Assert.Equal(before!.Y + 72, (await row.BoundingBoxAsync())!.Y); // below the two new ones
    });

    [Fact]
    public Task A_mouse_that_rested_on_a_row_before_the_script_came_is_seen_by_it() => Look(async page =>
    {
        await Publish($"{Topic}/m1", "1");
        await Publish($"{Topic}/m2", "1");
        var comes = await page.HoldScript("lists");
        await page.Open($"/topics?search={Topic}/%23");
        var row = Row(page, "m2");
        await row.HoverAsync();
        var before = await row.BoundingBoxAsync();
        comes.SetResult();
        await Assertions.Expect(page.Locator(".rows[data-has-menu]")).ToBeVisibleAsync(); // the last of the scripts

        await Publish($"{Topic}/a", "1");
        await Assertions.Expect(Row(page, "a")).ToHaveCountAsync(1);

        Assert.Equal(before!.Y, (await row.BoundingBoxAsync())!.Y);
    });

    [Fact]
    public Task The_chosen_row_is_named_only_while_it_is_there() => Look(async page =>
    {
        await PublishMany("m", 80);
        await page.Open($"/topics?search={Topic}&topic={Topic}/m85");
        var tree = page.GetByRole(AriaRole.Tree);
        await Assertions.Expect(Row(page, "m85")).ToBeInViewportAsync(); // the page scrolls there, and not again
        await Assertions.Expect(tree).ToHaveAttributeAsync("aria-activedescendant", "chosen-topic");

        await tree.EvaluateAsync("tree => tree.scrollTop = 0");

        await Assertions.Expect(tree).Not.ToHaveAttributeAsync("aria-activedescendant", "chosen-topic");
        await tree.EvaluateAsync("tree => tree.scrollTop = tree.scrollHeight");
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
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("sort=count"));
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
        await Assertions.Expect(Row(page, "one").Locator(".value mark")).ToHaveTextAsync($"needle-{Topic}");
    });

    [Fact]
    public Task What_was_opened_or_closed_is_so_after_a_look_at_another_page() => Look(async page =>
    {
        await Publish($"{Topic}/deep/one", "1");
        await page.Open($"/topics?topic={Topic}");
        var level = page.Locator($"[data-row$=':{Topic}']");
        await Assertions.Expect(level).ToBeVisibleAsync();
        var other = await level.GetAttributeAsync("aria-expanded") == "true" ? "false" : "true"; // a small tree is open by itself
        await level.Locator(".toggle").ClickAsync();
        await Assertions.Expect(level).ToHaveAttributeAsync("aria-expanded", other);

        await page.Locator("nav.nav .bar a").Filter(new() { HasText = "Publish" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Publish");
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Topics");

        await Assertions.Expect(level).ToHaveAttributeAsync("aria-expanded", other);
    });

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

    [Fact]
    public Task While_a_mouse_rests_over_the_rows_they_are_not_put_into_another_order() => Look(async page =>
    {
        foreach (var name in (string[])["a", "b", "c"])
        {
            await Publish($"{Topic}/{name}", "1");
        }

        await page.Open($"/topics?search={Topic}/%23&sort=age");
        await Assertions.Expect(Row(page, "c")).ToBeVisibleAsync();
        var names = page.Locator("[role=treeitem] .level");
        await Row(page, "a").HoverAsync();
        var before = await names.AllInnerTextsAsync();
        await Publish($"{Topic}/a", "2");
        await Assertions.Expect(Row(page, "a").Locator(".value")).ToHaveTextAsync("2");

        var order = DateTime.UtcNow.AddSeconds(12); // the order is taken anew every 10 s
        await Eventually.Holds(
            async () =>
            {
                Assert.Equal(before, await names.AllInnerTextsAsync());
                return DateTime.UtcNow > order;
            },
            () => "12 s have gone by",
            TimeSpan.FromSeconds(30));
        await page.Mouse.MoveAsync(1, 1);
        await Eventually.Holds(async () => !before.SequenceEqual(await names.AllInnerTextsAsync()), () => "the order follows when the mouse has left");
    });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Names_far_down_can_be_read(bool onPhone) => Look(
        async page =>
        {
            var deep = $"{Topic}/" + string.Join('/', Enumerable.Range(1, 40).Select(level => $"level{level}"));
            await Publish(deep, "1");
            await page.Open($"/topics?search={Topic}/%23&topic={Uri.EscapeDataString(deep)}");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(Row(page, "level40")).ToBeVisibleAsync();

            foreach (var level in await page.Locator("[role=treeitem] .level").AllAsync())
            {
                Assert.InRange((await level.BoundingBoxAsync())!.Width, 40, 2_000);
            }
        },
        screen: onPhone ? Screen.Phone : Screen.Desktop);

    [Fact]
    public Task Marks_that_turn_a_name_around_are_seen() => Look(async page =>
    {
        await Publish($"{Topic}/\u202Eabc", "1");

        await page.Open($"/topics?search={Topic}/%23&topic={Uri.EscapeDataString($"{Topic}/\u202Eabc")}");

        await Assertions.Expect(page.Locator("[role=treeitem] .level").Filter(new() { HasText = "abc" })).ToHaveTextAsync("\uFFFDabc");
        await Assertions.Expect(page.GetByLabel("Details", new() { Exact = true }).Locator("h2")).ToContainTextAsync("\uFFFDabc");
    });

    private static ILocator Row(IPage page, string level) =>
        page.GetByRole(AriaRole.Treeitem).Filter(new() { Has = page.Locator(".level", new() { HasTextRegex = new Regex($"^{Regex.Escape(level)}$") }) });

    private static Task ExpectChosen(IPage page, string level) =>
        Assertions.Expect(page.Locator("#chosen-topic .level")).ToHaveTextAsync(level);

    private Task<Tool> PublishMany(string prefix, int count) =>
        Tool.Run("sh", "-c", $"for i in $(seq 10 {9 + count}); do mosquitto_pub -h 127.0.0.1 -p {Dashboard.Ports.Tcp} -t {Topic}/{prefix}$i -m 1; done");
}
