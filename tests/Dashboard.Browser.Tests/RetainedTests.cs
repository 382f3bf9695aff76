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

        await page.GetByRole(AriaRole.Button, Named("Undo")).ClickAsync();
        await Assertions.Expect(page.GetByText("Put back 1 message.")).ToBeVisibleAsync();
        await Assertions.Expect(Row(page, Topic + "/a")).ToContainTextAsync("hello");
        Assert.Equal("hello", await FirstReceived(Topic + "/a"));
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

        await page.GetByRole(AriaRole.Button, Named("Undo")).ClickAsync();
        await Assertions.Expect(page.Locator("[data-row]")).ToHaveCountAsync(3);
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
        await page.Open("/retained");
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
