namespace Dashboard.Browser.Tests.Topics;

public sealed class TopicDetailTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_link_to_a_topic_opens_the_tree_down_to_it_and_its_details() => Look(async page =>
    {
        await Publish($"{Topic}/deep/er/level", "here", "-i", "a-deep-publisher");

        await page.Open($"/topics?topic={Topic}/deep/er/level");

        await Assertions.Expect(page.Locator("[role=treeitem][aria-selected=true]")).ToContainTextAsync("level");
        await Assertions.Expect(page.Locator("[role=treeitem][aria-selected=true]")).ToBeInViewportAsync();
        await Assertions.Expect(Details(page).Locator("h2")).ToHaveTextAsync($"{Topic}/deep/er/level");
        await Assertions.Expect(Details(page).GetByRole(AriaRole.Link, new() { Name = "a-deep-publisher" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Json_is_indented_and_any_payload_can_be_seen_as_hex() => Look(async page =>
    {
        await Publish(Topic, """{"temp":21.5,"tags":["a"]}""");
        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("{\n  \"temp\": 21.5,\n  \"tags\": [\n    \"a\"\n  ]\n}");
        await page.GetByRole(AriaRole.Radio, new() { Name = "Hex" }).CheckAsync();

        await Assertions.Expect(page.Locator("pre")).ToContainTextAsync("000000  7b 22 74 65 6d 70 22 3a");
    });

    [Fact]
    public Task A_payload_with_markup_is_text_and_becomes_no_element() => Look(async page =>
    {
        const string payload = "<b id='evil'>bold</b><img src=x onerror='document.title=1'><script>document.title=2</script>";
        await Publish(Topic, payload);

        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync(payload);
        await Assertions.Expect(page.Locator("[aria-selected=true] .value")).ToContainTextAsync("<b id='evil'>");
        await Assertions.Expect(page.Locator("#evil")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveTitleAsync("Topics · MQTT Dashboard");
    });

    [Fact]
    public Task An_older_message_can_be_looked_at_while_newer_ones_come() => Look(async page =>
    {
        await Publish(Topic, "first");
        await Publish(Topic, "second");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("second");

        await Details(page).GetByRole(AriaRole.Button, new() { Name = "first" }).ClickAsync();
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("first");
        await Publish(Topic, "third");
        await Assertions.Expect(Details(page).GetByRole(AriaRole.Button, new() { Name = "third" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("first");

        await Details(page).GetByRole(AriaRole.Button, new() { Name = "Show the newest" }).ClickAsync();
        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync("third");
    });

    [Fact]
    public Task Numbers_are_a_chart_that_is_also_said_in_words() => Look(async page =>
    {
        foreach (var value in new[] { "20", "22.5", "21" })
        {
            await Publish(Topic, value);
        }

        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "Values: 3; lowest 20, highest 22.5, last 21" })).ToBeVisibleAsync();
    });

    [Fact]
    public Task Fields_of_json_are_chosen_for_the_chart_moved_by_keys_and_read_in_a_table() => Look(async page =>
    {
        foreach (var value in new[] { 20, 25, 22 })
        {
            await Publish(Topic, $$"""{ "t": {{value}}, "deep": { "h": {{value * 2}} } }""");
        }

        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Chart("t: Values: 3; lowest 20, highest 25, last 22")).ToBeVisibleAsync();
        await Details(page).GetByRole(AriaRole.Checkbox, new() { Name = "deep.h" }).CheckAsync();
        await Assertions.Expect(Chart("deep.h: Values: 3; lowest 40, highest 50, last 44")).ToBeVisibleAsync();

        await Details(page).GetByRole(AriaRole.Button, new() { Name = "Show as a table" }).ClickAsync();
        await Assertions.Expect(Details(page).Locator(".chart tbody tr")).ToHaveCountAsync(6);

        await Details(page).GetByRole(AriaRole.Radio, new() { Name = "1 min" }).CheckAsync();
        await Details(page).Locator(".plot").FocusAsync();
        for (var i = 0; i < 5; i++)
        {
            await page.Keyboard.PressAsync("ArrowLeft");
        }

        await Assertions.Expect(Chart("t: Values: 1; lowest 20, highest 20, last 20")).ToBeVisibleAsync();

        ILocator Chart(string words) => page.GetByRole(AriaRole.Img, new() { Name = words });
    });

    [Fact]
    public Task A_chart_is_dragged_to_an_earlier_time_and_comes_back() => Look(async page =>
    {
        foreach (var value in new[] { 20, 25, 22 })
        {
            await Publish(Topic, $"{value}");
        }

        await page.Open($"/topics?topic={Topic}");
        await Details(page).GetByRole(AriaRole.Radio, new() { Name = "1 min" }).CheckAsync();
        await Assertions.Expect(Chart("Values: 3; lowest 20, highest 25, last 22")).ToBeVisibleAsync();

        var plot = (await Details(page).Locator(".plot[data-can-be-dragged]").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(plot.X + 10, plot.Y + (plot.Height / 2));
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(plot.X + plot.Width - 10, plot.Y + (plot.Height / 2), new() { Steps = 5 });
        await page.Mouse.UpAsync();
        await Assertions.Expect(Chart("Values: 3; lowest 20, highest 25, last 22")).ToHaveCountAsync(0);

        await Details(page).GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync();
        await Details(page).GetByRole(AriaRole.Button, new() { Name = "Later" }).ClickAsync();
        await Assertions.Expect(Chart("Values: 3; lowest 20, highest 25, last 22")).ToBeVisibleAsync();

        ILocator Chart(string words) => page.GetByRole(AriaRole.Img, new() { Name = words });
    });

    [Fact]
    public Task Who_got_a_message_is_said_and_publishing_on_its_topic_is_a_click_away() => Look(async page =>
    {
        await using var subscriber = await Subscribe(Topic);
        await Publish(Topic, "1", "-i", "the-source");
        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(Details(page)).ToContainTextAsync("the-source");
        await Assertions.Expect(Details(page).Locator("dl.facts")).ToContainTextAsync("sent to 1 session");
        await Details(page).GetByRole(AriaRole.Link, new() { Name = "Publish here" }).ClickAsync();

        await Assertions.Expect(page.Locator("input#topic")).ToHaveValueAsync(Topic);
    });

    [Fact]
    public Task The_properties_of_mqtt_5_are_shown() => Look(async page =>
    {
        await Publish(Topic, "21.5", "-V", "5", "-D", "PUBLISH", "content-type", "text/plain", "-D", "PUBLISH", "user-property", "unit", "celsius");

        await page.Open($"/topics?topic={Topic}");

        await Assertions.Expect(Details(page).Locator("dl")).ToContainTextAsync("text/plain");
        await Assertions.Expect(Details(page).Locator("dt:text-is('unit') + dd")).ToHaveTextAsync("celsius");
    });

    [Fact]
    public Task The_retained_message_is_deleted_and_put_back() => Look(async page =>
    {
        await Publish(Topic, "kept", "-r");
        await page.Open($"/topics?topic={Topic}");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete retained" }).ClickAsync();

        await Assertions.Expect(Details(page)).ToContainTextAsync($"Deleted {Topic}");
        await Assertions.Expect(page.Locator("[aria-selected=true]")).Not.ToContainTextAsync("stored");
        await Publish($"{Topic}/marker", "the end", "-r");
        await using (var later = await Subscribe($"{Topic}/#"))
        {
            await later.WaitForLine($"received {Topic}/marker the end");
            Assert.DoesNotContain($"received {Topic} kept", later.Lines);
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("Put back 1 message.");
        await using var after = await Subscribe(Topic);
        await after.WaitForLine($"received {Topic} kept");
    });

    [Fact]
    public Task Of_two_operators_who_delete_and_undo_the_second_gets_a_clear_word_and_nothing_is_lost() => Look(async page =>
    {
        await Publish(Topic, "kept", "-r");
        var other = await page.Context.NewPageAsync();
        await page.Open($"/topics?topic={Topic}");
        await other.Open($"/topics?topic={Topic}");
        var delete = new PageGetByRoleOptions { Name = "Delete retained" };
        var undo = new PageGetByRoleOptions { Name = "Undo" };
        await Assertions.Expect(other.GetByRole(AriaRole.Button, delete)).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, delete).ClickAsync();
        await Assertions.Expect(Details(other)).ToContainTextAsync($"Deleted {Topic}");
        await Assertions.Expect(other.GetByRole(AriaRole.Button, delete)).ToHaveCountAsync(0);

        await other.GetByRole(AriaRole.Button, undo).ClickAsync();

        await Assertions.Expect(Details(other)).ToContainTextAsync("Put back 1 message.");
        await Assertions.Expect(Details(page)).ToContainTextAsync("Nothing to put back: somebody else did");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, undo)).ToHaveCountAsync(0);
        await using var after = await Subscribe(Topic);
        await after.WaitForLine($"received {Topic} kept");
    });

    [Fact]
    public Task What_was_deleted_here_can_be_put_back_also_after_somebody_deleted_elsewhere() => Look(async page =>
    {
        await Publish(Topic, "kept", "-r");
        await Publish($"{Topic}-elsewhere", "also kept", "-r");
        await page.Open($"/topics?topic={Topic}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete retained" }).ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync($"Deleted {Topic}");

        var other = await page.Context.NewPageAsync();
        await other.Open($"/topics?topic={Topic}-elsewhere");
        await other.GetByRole(AriaRole.Button, new() { Name = "Delete retained" }).ClickAsync();
        await Assertions.Expect(Details(other)).ToContainTextAsync($"Deleted {Topic}-elsewhere");

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("Put back 1 message.");
        await using var after = await Subscribe(Topic);
        await after.WaitForLine($"received {Topic} kept");
    });

    [Fact]
    public Task What_is_watched_from_a_topic_with_an_odd_name_is_this_topic() => Look(async page =>
    {
        var odd = $"{Topic}/living room value>3";
        await Publish(odd, "1");
        await page.Open($"/topics?topic={Uri.EscapeDataString(odd)}");

        await page.GetByRole(AriaRole.Link, new() { Name = "Watch its messages" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("0 arrived");
        await Publish(odd, "2");

        await Assertions.Expect(page.Locator("[data-arrived]")).ToHaveTextAsync("1 arrived");
    });

    [Fact]
    public Task What_is_retained_below_is_listed_deleted_and_put_back() => Look(async page =>
    {
        await Publish($"{Topic}/a", "1", "-r");
        await Publish($"{Topic}/b/c", "2", "-r");
        await page.Open($"/topics?topic={Topic}");
        await Assertions.Expect(Details(page)).ToContainTextAsync("Stored here and below: 2.");

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete all of them…" }).ClickAsync();
        await Assertions.Expect(page.Locator(".rz-dialog")).ToContainTextAsync($"{Topic}/b/c");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete 2 messages" }).ClickAsync();

        await Assertions.Expect(Details(page)).ToContainTextAsync($"Deleted 2 messages of {Topic}/#");
        await page.GetByRole(AriaRole.Button, new() { Name = "Undo (2 messages, 10 min left)" }).ClickAsync();
        await Assertions.Expect(Details(page)).ToContainTextAsync("Stored here and below: 2.");
    });

    [Fact]
    public Task What_changed_since_another_message_is_shown_value_by_value() => Look(async page =>
    {
        await Publish(Topic, """{"temp":20,"unit":"C","old":true}""");
        await Publish(Topic, """{"temp":21,"unit":"C"}""");
        await Publish(Topic, """{"unit":"C", "temp":23.5, "door":"open"}""");
        await page.Open($"/topics?topic={Topic}");

        await Details(page).GetByRole(AriaRole.Radio, new() { Name = "Changes" }).CheckAsync();

        await Assertions.Expect(Details(page).Locator("tbody tr")).ToHaveTextAsync(["temp 21 23.5 +2.5", "door not there \"open\""]);
        await Details(page).GetByRole(AriaRole.Combobox).SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await Assertions.Expect(Details(page).Locator("tbody tr")).ToHaveTextAsync(["temp 20 23.5 +3.5", "door not there \"open\"", "old true gone"]);
    });

    [Fact]
    public Task The_history_is_saved_as_a_file() => Look(async page =>
    {
        await Publish(Topic, "first");
        await Publish(Topic, "=1+1, \"quoted\"");
        await page.Open($"/topics?topic={Topic}");

        Assert.Matches("(?s)first.*=1\\+1", await Save("NDJSON"));
        Assert.Contains("\"'=1+1, \"\"quoted\"\"\",text,", await Save("CSV"), StringComparison.Ordinal);

        async Task<string> Save(string format)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => Details(page).GetByRole(AriaRole.Link, new() { Name = format }).ClickAsync());
            Assert.StartsWith(Topic.Replace('/', '-') + ".", download.SuggestedFilename, StringComparison.Ordinal);
            return await File.ReadAllTextAsync(await download.PathAsync());
        }
    });

    [Fact]
    public Task The_levels_above_are_links_to_their_own_details() => Look(async page =>
    {
        await Publish($"{Topic}/room/light", "on");
        await page.Open($"/topics?topic={Topic}/room/light");

        await Details(page).GetByRole(AriaRole.Link, new() { Name = "room" }).ClickAsync();

        await Assertions.Expect(Details(page).Locator("h2")).ToHaveTextAsync($"{Topic}/room");
        await Assertions.Expect(Details(page)).ToContainTextAsync("but on 1 below it");
    });

    [Fact]
    public Task On_a_phone_the_details_cover_the_tree_and_the_way_back_is_the_browsers_too() => Look(
        async page =>
        {
            await Publish(Topic, "1");
            await page.Open($"/topics?search={Topic}");

            await page.GetByRole(AriaRole.Treeitem).Last.ClickAsync();
            await Assertions.Expect(Details(page)).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator(".tree")).ToBeHiddenAsync();
            await page.GoBackAsync();
            await Assertions.Expect(Details(page)).ToHaveCountAsync(0);

            await page.GetByRole(AriaRole.Treeitem).Last.ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Back to the list" }).ClickAsync();
            await Assertions.Expect(page.Locator(".tree")).ToBeVisibleAsync();
        },
        Screen.Phone);

    private static ILocator Details(IPage page) => page.GetByRole(AriaRole.Region, new() { Name = "Details" });
}
