using System.Net;
using System.Text.RegularExpressions;

namespace Dashboard.Browser.Tests;

public sealed class RetainedTests(DashboardInBrowser fixture) : BrowserTest(fixture)
{
    [Fact]
    public Task A_retained_message_appears_by_itself() => Look(async page =>
    {
        await page.Open($"/retained?filter={Topic}/%23");
        await Assertions.Expect(page.GetByText("No stored message matches")).ToBeVisibleAsync();

        await Publish(Topic + "/a", "hello", "-r", "-i", $"publisher-{Topic}");

        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync("hello");
        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync($"publisher-{Topic}");
        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync("QoS 1");
    });

    [Fact]
    public Task A_message_is_deleted_for_new_subscribers_until_it_is_undone() => Look(async page =>
    {
        await Publish(Topic + "/a", "hello", "-r");
        await page.Open($"/retained?filter={Topic}/%23");

        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}/a")).ClickAsync();
        await Assertions.Expect(page.GetByText($"Deleted {Topic}/a")).ToBeVisibleAsync();
        Assert.Equal("later", await FirstReceived(Topic + "/a"));

        await page.GetByRole(AriaRole.Button, Named("Undo (1 message, 10 min left)")).ClickAsync();
        await Assertions.Expect(page.GetByText("Put back 1 message.")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync("hello");
        Assert.Equal("hello", await FirstReceived(Topic + "/a"));
    });

    [Fact]
    public Task Each_of_the_last_deletions_can_be_undone_not_only_the_newest() => Look(async page =>
    {
        await Publish(Topic + "/a", "first", "-r");
        await Publish(Topic + "/b", "second", "-r");
        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}/a")).ClickAsync();
        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}/b")).ClickAsync();
        await Assertions.Expect(page.GetByText("No stored message matches")).ToBeVisibleAsync();
        await Accessibility.AssertNoSeriousAxeViolations(page);

        await page.GetByTitle("Earlier deletions that can be undone").ClickAsync();
        await page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = $"Deleted {Topic}/a" }).GetByRole(AriaRole.Button).ClickAsync();

        await Assertions.Expect(page.GetByText("Put back 1 message.")).ToBeVisibleAsync();
        Assert.Equal("first", await FirstReceived(Topic + "/a"));
        await Assertions.Expect(Row(page, Topic + "/a")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/b")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task Deleting_by_filter_says_first_how_many() => Look(async page =>
    {
        foreach (var level in new[] { "a", "b", "c" })
        {
            await Publish($"{Topic}/{level}", "x", "-r");
        }

        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("3 messages");
        await Assertions.Expect(dialog).ToContainTextAsync($"{Topic}/b");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete 3 messages" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"Deleted 3 messages of {Topic}/#")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("No stored message matches")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, Named("Undo (3 messages, 10 min left)")).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
    });

    [Fact]
    public Task Chosen_rows_are_listed_first_then_deleted_and_put_back() => Look(async page =>
    {
        foreach (var level in new[] { "a", "b", "c" })
        {
            await Publish($"{Topic}/{level}", "x", "-r");
        }

        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByLabel($"Choose {Topic}/a").CheckAsync();
        await page.GetByLabel($"Choose {Topic}/c").CheckAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete 2 chosen…")).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog.Locator("li")).ToHaveTextAsync([$"{Topic}/a", $"{Topic}/c"]);
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete 2 messages" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Deleted 2 messages of what was chosen")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, Named("Undo (2 messages, 10 min left)")).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
    });

    [Fact]
    public Task What_a_second_operator_deleted_during_the_question_is_said_and_what_came_newly_stays() => Look(async page =>
    {
        foreach (var level in new[] { "a", "b", "c" })
        {
            await Publish($"{Topic}/{level}", "x", "-r");
        }

        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("3 messages");

        var second = await page.Context.NewPageAsync();
        await second.Open($"/retained?filter={Topic}/%23");
        await second.GetByRole(AriaRole.Button, Named($"Delete {Topic}/a")).ClickAsync();
        await Assertions.Expect(second.Locator("[data-row]")).ToHaveCountAsync(2);
        await Publish($"{Topic}/b", "newer", "-r");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete 3 messages" }).ClickAsync();

        await Assertions.Expect(page.GetByText("; left out, gone already or replaced by a newer one: 2")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/b")).ToContainTextAsync("newer");
    });

    [Fact]
    public Task A_protected_message_stays_and_its_row_says_so() => Look(async page =>
    {
        await Publish(Topic + "/a", "x", "-r");
        await Publish(Topic + "/b", "x", "-r");
        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, new() { Name = "Protected sub-trees" }).ClickAsync();
        await page.GetByLabel("Filter to protect").FillAsync(Topic + "/a");
        await page.GetByLabel("Name, such as Door states").FillAsync($"Name of {Topic}");
        await page.GetByRole(AriaRole.Button, Named("Protect")).ClickAsync();

        await page.GetByRole(AriaRole.Button, Named($"{Topic}/a is protected")).ClickAsync();
        await Assertions.Expect(page.GetByText($"{Topic}/a is protected by “Name of {Topic}” and stays.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync($"Protected by Name of {Topic}, and left out: 1 message.");
        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete 1 message" }).ClickAsync();

        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Button, Named($"Protect Name of {Topic} no longer")).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, Named($"Delete {Topic}/a"))).ToBeVisibleAsync();
        await Accessibility.AssertNoSeriousAxeViolations(page);
    });

    [Fact]
    public Task Age_size_publisher_and_order_are_in_the_address() => Look(async page =>
    {
        await Publish(Topic + "/a", "x", "-r", "-i", $"one-{Topic}");
        await Publish(Topic + "/b", new string('x', 2_000), "-r", "-i", $"two-{Topic}");
        await page.Open($"/retained?filter={Topic}/%23");

        await page.GetByLabel("Order").SelectOptionAsync("largest");
        await Assertions.Expect(page.Locator("[data-row]").First).ToHaveAttributeAsync("data-row", Topic + "/b");
        await page.GetByLabel("Published by…").FillAsync("TWO-");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("by=TWO-.*sort=largest|sort=largest.*by=TWO-"));

        await page.ReloadAsync();
        await Assertions.Expect(Row(page, Topic + "/b")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/a")).ToHaveCountAsync(0);

        await page.GetByLabel("Published by…").FillAsync("");
        await page.GetByLabel("Size of the payload").SelectOptionAsync("1kB");
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.GetByLabel("Size of the payload").SelectOptionAsync("");
        await page.GetByRole(AriaRole.Combobox, new() { NameRegex = new Regex("^Age") }).SelectOptionAsync("1h");
        await Assertions.Expect(page.GetByText("No stored message matches")).ToBeVisibleAsync();
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("older=1h"));
    });

    [Fact]
    public Task What_is_exported_can_be_imported_and_bad_lines_are_told() => Look(async page =>
    {
        await Publish(Topic + "/a", """{"a": 1}""", "-r", "-V", "5", "-D", "PUBLISH", "content-type", "application/json");
        await page.Open($"/retained?filter={Topic}/%23");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Export what is shown").ClickAsync());
        var file = await download.PathAsync();
        Assert.EndsWith(".ndjson", download.SuggestedFilename, StringComparison.Ordinal);
        Assert.Contains("\"contentType\":\"application/json\"", Assert.Single(await File.ReadAllLinesAsync(file)), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, Named($"Delete {Topic}/a")).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(0);

        var lines = await File.ReadAllBytesAsync(file);
        await page.GetByLabel("Import a file…").SetInputFilesAsync(new FilePayload { Name = "retained.ndjson", MimeType = "application/x-ndjson", Buffer = [.. lines, .. "broken\n"u8] });

        await Assertions.Expect(page.GetByText("Imported 1 message; lines refused: 1.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Line 2: it is not valid JSON")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync("""{"a": 1}""");
    });

    [Fact]
    public Task An_import_says_how_many_lines_are_read_and_messages_stored() => Look(async page =>
    {
        await page.Open($"/retained?filter={Topic}/%23");
        await page.EvaluateAsync("""
            () => {
              window.seen = [];
              new MutationObserver(() => {
                const text = document.querySelector('[data-importing]')?.textContent;
                if (text) window.seen.push(text.trim());
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);
        var lines = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"{{\"topic\":\"{Topic}/{i}\",\"payload\":\"{i}\",\"expiresAt\":\"2999-01-01T00:00:00Z\"}}\n"));

        await page.GetByLabel("Import a file…").SetInputFilesAsync(new FilePayload { Name = "many.ndjson", MimeType = "application/x-ndjson", Buffer = System.Text.Encoding.UTF8.GetBytes(lines) });

        await Assertions.Expect(page.GetByText("Imported 60,000 messages.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Contains(await page.EvaluateAsync<string[]>("window.seen"), text => Regex.IsMatch(text, @"^[1-9][\d,]* messages stored of [1-9][\d,]* lines; \d+ % of the file sent$"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Export what is shown").ClickAsync());
        await Assertions.Expect(page.GetByText("Exported 60,000 messages.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.Equal(60_000, File.ReadLines(await download.PathAsync()).Count());
        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete 60,000 messages")).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex(@"^Undo \(60,000 messages, \d+ min left\)$") })).ToBeVisibleAsync(new() { Timeout = 60_000 });
    });

    [Fact]
    public Task What_is_too_large_to_be_put_back_says_so_on_the_button_and_can_be_saved_first() => Look(async page =>
    {
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, new byte[14 * 1024 * 1024]);
        for (var i = 0; i < 5; i++)
        {
            await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{Dashboard.Ports.Tcp}", "-t", $"{Topic}/{i}", "-q", "1", "-r", "-f", file]);
        }

        File.Delete(file);
        await page.Open($"/retained?filter={Topic}/%23");
        await page.GetByRole(AriaRole.Button, Named("Delete these…")).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("This cannot be undone");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Link, new LocatorGetByRoleOptions { Name = "Save them to a file first" })).ToHaveAttributeAsync("href", new Regex($"^retained/file\\?filter={Regex.Escape(Uri.EscapeDataString(Topic + "/#"))}&follow="));
        await Accessibility.AssertNoSeriousAxeViolations(page);

        await dialog.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Delete 5 messages for good" }).ClickAsync();

        await Assertions.Expect(page.GetByText($"Deleted 5 messages of {Topic}/#; this cannot be undone")).ToBeVisibleAsync();
    });

    [Fact]
    public async Task An_unreadable_list_of_protected_sub_trees_is_said_loudly_and_nothing_is_deleted_until_it_is_confirmed()
    {
        await using var dashboard = await DashboardProcess.Start();
        await Tool.Run("mosquitto_pub", ["-h", "127.0.0.1", "-p", $"{dashboard.Ports.Tcp}", "-t", "door/front", "-m", "open", "-q", "1", "-r"]);
        await dashboard.Stop();
        await File.WriteAllTextAsync(Path.Combine(dashboard.DataDirectory, "protected.json"), "[{\"Na");
        await dashboard.Restart();
        Assert.Contains(dashboard.Log, line => line.Contains("The list of protected retained messages cannot be read", StringComparison.Ordinal));

        await using var chromium = await Chromium.Launch();
        var page = await chromium.Browser.NewPageAsync();
        await page.Open($"{dashboard.Address}/retained?filter=door/%23");
        var alert = page.Locator(".trouble");
        await Assertions.Expect(alert).ToContainTextAsync("protected.unreadable.json");
        await Accessibility.AssertNoSeriousAxeViolations(page);
        await page.GetByRole(AriaRole.Button, Named("door/front is protected")).ClickAsync();
        await Assertions.Expect(page.GetByText("door/front is protected by “an unreadable list of protected sub-trees” and stays.")).ToBeVisibleAsync();

        await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Go on with an empty list" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, Named("Delete door/front")).ClickAsync();

        await Assertions.Expect(page.GetByText("Deleted door/front")).ToBeVisibleAsync();
        await Assertions.Expect(alert).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Only_the_pages_of_the_dashboard_import()
    {
        using var client = new HttpClient();
        using var content = new StringContent("""{"topic":"a","payload":"1"}""");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri(Dashboard.Address + "/retained/file"), content)).StatusCode);

        client.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.PostAsync(new Uri(Dashboard.Address + "/retained/file"), content)).StatusCode);
    }

    [Fact]
    public Task A_replay_to_a_new_subscriber_is_a_mark_in_the_details() => Look(async page =>
    {
        await Publish(Topic, "x", "-r");
        await page.Open($"/retained?filter={Topic}&topic={Topic}");
        var details = page.GetByLabel("Details", new PageGetByLabelOptions { Exact = true });
        await Assertions.Expect(details).ToContainTextAsync("retain flag");

        await using var subscriber = await Subscribe(Topic);

        await Assertions.Expect(details).ToContainTextAsync("to 1 new subscriber");
    });

    [Fact]
    public Task A_filter_that_is_not_valid_is_explained_and_a_valid_one_is_in_the_address() => Look(async page =>
    {
        await page.Open("/retained");

        await page.GetByLabel("Topic filter").FillAsync("house#");
        await Assertions.Expect(page.Locator("#filter-problem")).ToContainTextAsync("write house/#");
        await page.GetByLabel("Topic filter").FillAsync("house/#");

        await Assertions.Expect(page).ToHaveURLAsync(Dashboard.Address + "/retained?filter=house%2F%23");
        await Assertions.Expect(page.Locator("#filter-problem")).ToHaveCountAsync(0);
    });

    [Fact]
    public Task The_brokers_own_topics_are_shown_only_when_asked_for() => Look(async page =>
    {
        var uptime = page.Locator("[data-row='$SYS/broker/uptime']");
        await Publish(Topic, "x", "-r");
        await page.Open("/retained?sort=newest"); // others have stored more than the list draws
        await Assertions.Expect(Row(page, Topic)).ToBeVisibleAsync();
        await Assertions.Expect(uptime).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, Named("Show $SYS")).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Topic filter")).ToHaveValueAsync("$SYS/#");
        await page.GetByLabel("Topic filter").FillAsync("$SYS/broker/uptime");

        await Assertions.Expect(uptime).ToBeVisibleAsync();
    });

    [Fact]
    public Task A_payload_of_HTML_is_text() => Look(async page =>
    {
        const string Payload = "<b id=injected>bold</b><script>document.title='pwned'</script>";
        await Publish(Topic, Payload, "-r");
        await page.Open($"/retained?filter={Topic}");
        await Assertions.Expect(Row(page, Topic)).ToContainTextAsync(Payload);

        await Row(page, Topic).ClickAsync();

        await Assertions.Expect(page.Locator("pre")).ToHaveTextAsync(Payload);
        await Assertions.Expect(page.Locator("#injected")).ToHaveCountAsync(0);
        await Assertions.Expect(page).ToHaveTitleAsync("Retained · MQTT Dashboard");
    });

    [Fact]
    public Task The_details_show_properties_and_follow_the_topic() => Look(async page =>
    {
        await Publish(Topic, "one", "-r", "-V", "5", "-D", "PUBLISH", "content-type", "text/plain", "-D", "PUBLISH", "message-expiry-interval", "3600");
        await page.Open($"/retained?filter={Topic}&topic={Topic}");
        var details = page.GetByLabel("Details", new PageGetByLabelOptions { Exact = true });
        await Assertions.Expect(details).ToContainTextAsync("text/plain");
        await Assertions.Expect(details).ToContainTextAsync("in 59 min");

        await Publish(Topic, "two", "-r");

        await Assertions.Expect(details.Locator("pre")).ToHaveTextAsync("two");
        await Assertions.Expect(details).ToContainTextAsync("never");
    });

    [Theory]
    [InlineData(ColorScheme.Light, false)]
    [InlineData(ColorScheme.Dark, false)]
    [InlineData(ColorScheme.Light, true)]
    public Task It_is_accessible_with_messages_and_details(ColorScheme colours, bool onPhone) => Look(
        async page =>
        {
            await Publish(Topic + "/a", """{"a": 1}""", "-r");
            await Publish(Topic + "/b", "b", "-r");
            await page.Open($"/retained?filter={Topic}/%23");
            await Assertions.Expect(Row(page, Topic + "/b")).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);
            Assert.False(
                await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth"),
                "the page is wider than the screen");

            await Row(page, Topic + "/a").ClickAsync();
            await Assertions.Expect(page.Locator("pre")).ToBeVisibleAsync();
            await Accessibility.AssertNoSeriousAxeViolations(page);
        },
        onPhone ? Screen.Phone : Screen.Desktop,
        colours);

    private static PageGetByRoleOptions Named(string name) => new() { Name = name, Exact = true };

    private static ILocator Row(IPage page, string topic) => page.Locator($"[data-row='{topic}']");

    /// <summary>What a new subscriber gets first: the stored message, or else one that is published after it subscribed.</summary>
    private async Task<string> FirstReceived(string topic)
    {
        await using var subscriber = await Subscribe(topic);
        await Publish(topic, "later");
        var line = await subscriber.WaitForLine($"received {topic} ");
        return line[$"received {topic} ".Length..];
    }
}
